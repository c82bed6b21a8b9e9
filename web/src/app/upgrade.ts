const TRIED = 'huiyin.reloaded'

/** After an upgrade an open tab asks for files that are gone: it is loaded again, once per visit. */
export function reloadOnceWhenOutdated(): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (sessionStorage.getItem(TRIED) !== null) return
    sessionStorage.setItem(TRIED, 'yes')
    event.preventDefault()
    window.location.reload()
  })
}
