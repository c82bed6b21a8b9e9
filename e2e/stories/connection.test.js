import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { launchBrowser, openPage, picture } from '../support/browser.js'
import { registerCases } from '../support/cases.js'
import { heading, redeemLink } from '../support/desk.js'
import { startServer } from '../support/server.js'

describe('when the line breaks', () => {
  let server, browser, visit, page, cases

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    visit = await openPage(browser, server)
    page = visit.page
    await redeemLink(page, `/setup#${server.setupToken}`, 'admin')
    cases = await registerCases(page)
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  it('the page says so, keeps what it shows, and recovers by itself', async () => {
    await page.goto('/cases?view=all')
    await page.getByRole('table').waitFor()
    await visit.context.setOffline(true)
    await page.getByText('网络已断开').waitFor()
    assert.ok(await page.getByRole('table').isVisible())
    await picture(page, 'offline')
    await visit.context.setOffline(false)
    await page.getByText('网络已断开').waitFor({ state: 'detached' })
  })

  it('a command that could not be sent is told, and can be sent again', async () => {
    await page.goto(`/cases/${cases[0].id}`)
    const offers = page.getByRole('region', { name: '现在可以办理' })
    await offers.getByRole('button', { name: '添加内部备注', exact: true }).click()
    await page.getByLabel('内部备注').fill('断线时写下的备注。')
    await visit.context.setOffline(true)
    await page.getByLabel('内部备注').press('Control+Enter')
    await page.getByText('连接不上服务器').waitFor()
    await visit.context.setOffline(false)
    await page.getByLabel('内部备注').press('Control+Enter')
    await page.getByText('已记录：添加内部备注').waitFor()
    const record = page.getByRole('region', { name: '办理记录' })
    await record.getByText('断线时写下的备注。').waitFor()
    assert.equal(await record.getByText('断线时写下的备注。').count(), 1)
  })

  it('a session that ended leads to the sign-in page and back to where one was', async () => {
    await visit.context.clearCookies()
    await page.goto(`/cases/${cases[1].id}`)
    await page.waitForURL(/\/sign-in\?next=/)
    assert.equal(new URL(page.url()).searchParams.get('next'), `/cases/${cases[1].id}`)
    await heading(page).getByText('登录').waitFor()
  })
})
