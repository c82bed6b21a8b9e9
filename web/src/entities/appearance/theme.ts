import { computed, ref, watchEffect } from 'vue'

export type Theme = 'light' | 'dark'

const STORED = 'huiyin.theme'
const system = window.matchMedia('(prefers-color-scheme: dark)')
const prefersDark = ref(system.matches)
const chosen = ref(localStorage.getItem(STORED))

system.addEventListener('change', (event) => (prefersDark.value = event.matches))

/** The theme in use: the chosen one, or the system's. */
export const theme = computed<Theme>(() => {
  if (chosen.value === 'light' || chosen.value === 'dark') return chosen.value
  return prefersDark.value ? 'dark' : 'light'
})

export function toggleTheme(): void {
  chosen.value = theme.value === 'dark' ? 'light' : 'dark'
  localStorage.setItem(STORED, chosen.value)
}

/** Keeps the page in the chosen theme. */
export function applyTheme(): void {
  watchEffect(() => (document.documentElement.dataset['theme'] = theme.value))
}
