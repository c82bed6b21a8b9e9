import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { launchBrowser, openPage, picture } from '../support/browser.js'
import { arriveAtWorkList, heading, PASSWORD, redeemLink, signIn } from '../support/desk.js'
import { startServer } from '../support/server.js'

describe('the first administrator', () => {
  let server, browser, visit

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    visit = await openPage(browser, server)
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  it('is sent to the setup link while there is no account', async () => {
    await visit.page.goto('/')
    await visit.page.waitForURL('**/sign-in')
    await visit.page.getByText('设置链接').waitFor()
  })

  it('is told what is wrong with a password before it is sent', async () => {
    const { page } = visit
    await page.goto(`/setup#${server.setupToken}`)
    await page.getByLabel('登录名').fill('admin')
    await page.getByLabel('密码', { exact: true }).fill('short')
    await page.getByLabel('再输一次密码').fill('short')
    await page.getByRole('button', { name: '创建账户并登录' }).click()
    const field = page.getByLabel('密码', { exact: true })
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    assert.ok(await field.evaluate((input) => input === document.activeElement))
    await picture(page, 'setup-too-short')
  })

  it('makes the account and is signed in', async () => {
    await redeemLink(visit.page, `/setup#${server.setupToken}`, 'admin')
    assert.equal(await heading(visit.page).textContent(), '我的待办')
  })

  it('can use the link only once', async () => {
    const other = await openPage(browser, server)
    const { page } = other
    await page.goto(`/setup#${server.setupToken}`)
    await page.getByLabel('登录名').fill('second')
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await page.getByLabel('再输一次密码').fill(PASSWORD)
    await page.getByRole('button', { name: '创建账户并登录' }).click()
    await page.getByRole('alert').waitFor()
    await other.context.close()
  })

  it('invites a colleague, who activates the account', async () => {
    const { page } = visit
    await page.getByRole('link', { name: '人员和部门' }).click()
    await page.getByRole('button', { name: '林晓' }).click()
    await page.getByRole('button', { name: '账户', exact: true }).click()
    await page.getByRole('button', { name: '生成链接' }).click()
    const link = await page.getByLabel('一次性链接').inputValue()
    assert.match(link, /\/invitation#/)
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()

    const colleague = await openPage(browser, server)
    await redeemLink(colleague.page, new URL(link).pathname + new URL(link).hash, 'colleague')
    await colleague.context.close()
  })

  it('signs out, and in again with the right password only', async () => {
    const { page } = visit
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.waitForURL('**/sign-in')
    await signIn(page, 'admin', 'a wrong password indeed')
    await page.getByRole('alert').waitFor()
    await signIn(page, 'admin')
    await arriveAtWorkList(page)
  })

  it('changes the password', async () => {
    const { page } = visit
    await page.goto('/password')
    await page.getByLabel('现在的密码').fill(PASSWORD)
    await page.getByLabel('新密码', { exact: true }).fill(`${PASSWORD}。`)
    await page.getByLabel('再输一次新密码').fill(`${PASSWORD}。`)
    await page.getByRole('button', { name: '保存新密码' }).click()
    await page.getByText('密码已修改').waitFor()
  })

  it('never makes the browser complain', () => {
    assert.deepEqual(visit.complaints, [])
  })
})
