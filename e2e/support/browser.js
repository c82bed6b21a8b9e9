import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const SHOTS = fileURLToPath(new URL('../shots/', import.meta.url))

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** How long anything on a page may take, on a busy machine. */
const ACTION_MS_MAX = 15_000

export const DESKTOP = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

/** The looks every page is checked in. */
export const LOOKS = ['light', 'dark'].flatMap((theme) =>
  ['zh-CN', 'en'].flatMap((language) =>
    [
      ['desktop', DESKTOP],
      ['phone', PHONE],
    ].map(([device, viewport]) => ({ theme, language, device, viewport, name: `${device}-${theme}-${language}` })),
  ),
)

/** The distribution's Chromium; `CHROMIUM` names another one. */
export function launchBrowser() {
  const executablePath = process.env.CHROMIUM ?? CANDIDATES.find((path) => existsSync(path))
  if (executablePath === undefined) throw new Error('no Chromium found; install it or set CHROMIUM to its path')
  return chromium.launch({ executablePath, args: FLAGS })
}

/**
 * A page of its own for a person, in a look. What the browser complains about (script errors, content policy) is
 * collected in `complaints`.
 */
export async function openPage(browser, server, { theme = 'light', language = 'zh-CN', viewport = DESKTOP, touch = false, storageState } = {}) {
  const context = await browser.newContext({ baseURL: server.url, viewport, hasTouch: touch, storageState, reducedMotion: 'reduce' })
  await context.addInitScript(
    ([theme, language]) => {
      localStorage.setItem('huiyin.theme', theme)
      localStorage.setItem('huiyin.language', language)
    },
    [theme, language],
  )
  context.setDefaultTimeout(ACTION_MS_MAX)
  const page = await context.newPage()
  const complaints = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A refused request is reported by the browser as an error of its own; refusals are part of the stories.
    const isRefusal = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text())
  })
  return { page, context, complaints }
}

/** Keeps a picture of the page for people to look at. */
export async function picture(page, name) {
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: `${SHOTS}${name}.png` })
}
