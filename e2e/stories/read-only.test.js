import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, LOOKS, openPage, picture } from '../support/browser.js'
import { registerCases } from '../support/cases.js'
import { heading, PASSWORD, redeemLink } from '../support/desk.js'
import { startServer } from '../support/server.js'

const BANNER = { 'zh-CN': '系统处于只读状态', en: 'only reads' }
const WORDS = { 'zh-CN': { login: '登录名', password: '密码', submit: '登录' }, en: { login: 'Login', password: 'Password', submit: 'Sign in' } }

describe('a server that only reads', () => {
  let server, browser

  before(async () => {
    const writing = await startServer()
    browser = await launchBrowser()
    const { page, context } = await openPage(browser, writing)
    await redeemLink(page, `/setup#${writing.setupToken}`, 'admin')
    await registerCases(page)
    await context.close()
    server = await writing.restartReading()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  for (const look of LOOKS) {
    it(`says so on every page and goes on showing, ${look.name}`, async () => {
      const { page, context, complaints } = await openPage(browser, server, look)
      const words = WORDS[look.language]
      await page.goto('/sign-in')
      await page.getByLabel(words.login).fill('admin')
      await page.getByLabel(words.password).fill(PASSWORD)
      await page.getByRole('button', { name: words.submit, exact: true }).click()
      await page.locator('.read-only').waitFor()
      for (const path of ['/cases?view=all', '/cases/new', '/statistics']) {
        await page.goto(path)
        await heading(page).waitFor({ state: 'attached' })
        const banner = page.getByRole('status').filter({ hasText: BANNER[look.language] })
        assert.ok(await banner.first().isVisible(), `${path} shows the banner`)
      }
      await page.goto('/cases?view=all')
      const rows = page.locator('.table__grid tbody tr')
      await rows.first().waitFor()
      assert.equal(await rows.count(), 5)
      await picture(page, `read-only-${look.name}`)
      await assertAccessible(page, `a list in read-only mode, ${look.name}`)
      assert.deepEqual(complaints, [])
      await context.close()
    })
  }

  it('refuses what is written, and says why', async () => {
    const { page, context } = await openPage(browser, server)
    await page.goto('/sign-in')
    await page.getByLabel('登录名').fill('admin')
    await page.getByLabel('密码').fill(PASSWORD)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.locator('.read-only').waitFor()
    const answer = await page.evaluate(async () => {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), 'Accept-Language': 'zh-CN' }
      const response = await fetch('/api/v1/cases', { method: 'POST', headers, body: '{}' })
      return { status: response.status, body: await response.json() }
    })
    assert.deepEqual([answer.status, answer.body.code], [503, 'read_only'])
    await context.close()
  })
})
