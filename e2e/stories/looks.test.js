import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, LOOKS, openPage, picture } from '../support/browser.js'
import { heading, redeemLink } from '../support/desk.js'
import { registerCases } from '../support/cases.js'
import { startServer } from '../support/server.js'

describe('every page, in every look', () => {
  let server, browser, storageState, cases

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    const { page, context } = await openPage(browser, server)
    await redeemLink(page, `/setup#${server.setupToken}`, 'admin')
    cases = await registerCases(page)
    storageState = await context.storageState()
    await context.close()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  const pages = [
    ['sign-in', () => '/sign-in', { signedIn: false }],
    ['setup', () => '/setup#token', { signedIn: false }],
    ['worklist', () => '/cases?view=all'],
    ['worklist-empty', () => '/cases?view=overdue&status=archived'],
    ['register', () => '/cases/new'],
    ['case', () => `/cases/${cases[0].id}`],
    ['people', () => '/people'],
    ['policies', () => '/policies'],
    ['away', () => '/away'],
    ['password', () => '/password'],
    ['not-found', () => '/nowhere'],
  ]

  for (const look of LOOKS) {
    describe(look.name, () => {
      let visitors

      before(async () => {
        visitors = { staff: await openPage(browser, server, { ...look, storageState }), stranger: await openPage(browser, server, look) }
      })
      after(async () => {
        for (const visitor of Object.values(visitors ?? {})) await visitor.context.close()
      })

      for (const [name, path, { signedIn = true } = {}] of pages) {
        it(name, async () => {
          const { page, complaints } = signedIn ? visitors.staff : visitors.stranger
          await page.goto(path())
          await heading(page).waitFor({ state: 'attached' })
          await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .skeleton') === null)
          await picture(page, `${name}-${look.name}`)
          await assertAccessible(page, `${name}, ${look.name}`)
          assert.deepEqual(complaints, [])
        })
      }
    })
  }

  const popups = [
    ['the list of people', '/cases/new', openFirstContact],
    ['the shortcuts', '/cases', async (page) => page.keyboard.press('?')],
    ['the calendar', '/cases/new', openCalendar],
  ]

  for (const theme of ['light', 'dark']) {
    for (const [name, path, open] of popups) {
      it(`${name} opened, ${theme}`, async () => {
        const visit = await openPage(browser, server, { theme, storageState })
        await visit.page.goto(path)
        await heading(visit.page).waitFor()
        await open(visit.page)
        await picture(visit.page, `popup-${name.replaceAll(' ', '-')}-${theme}`)
        await assertAccessible(visit.page, `${name}, ${theme}`)
        await visit.context.close()
      })
    }
  }
})

async function openFirstContact(page) {
  await page.getByRole('button', { name: '改时间或首接人' }).click()
  await page.getByLabel('首接人').first().click()
}

async function openCalendar(page) {
  await page.getByRole('button', { name: '改时间或首接人' }).click()
  await page.getByText('更早').click()
  await page.getByLabel('实际受理时间').first().click()
  await page.locator('.el-picker-panel').waitFor()
}
