import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, openPage, PHONE, picture } from '../support/browser.js'
import { chooseOffer, redeemLink } from '../support/desk.js'
import { DAMAGES, startServer } from '../support/server.js'

describe('a form that is settled by sheets', () => {
  let server, browser, page

  before(async () => {
    server = await startServer({ policy: DAMAGES })
    browser = await launchBrowser()
    ;({ page } = await openPage(browser, server))
    await redeemLink(page, `/setup#${server.setupToken}`, 'admin')
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  const preview = () => page.getByRole('region', { name: '系统核算' })
  const row = (number) => page.getByRole('group', { name: `第 ${number} 行`, exact: true })

  it('shows every figure with its formula while it is filled in', async () => {
    await page.goto('/cases/new')
    await page.getByLabel('事由').fill('分层')
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/)
    await chooseOffer(page, '核定损失')
    await row(1).getByLabel('项次').fill('A')
    await row(1).getByLabel('方式').selectOption('退货')
    await row(1).getByLabel('数量').fill('333')
    await row(1).getByLabel('单价').fill('7.77')
    await preview().getByText('损失 B').or(preview().getByText('退货凭证')).first().waitFor()
    await row(1).getByLabel('有凭证').selectOption('是')
    await page.getByRole('button', { name: '加一行' }).click()
    await row(2).getByLabel('项次').fill('B')
    await row(2).getByLabel('方式').selectOption('赔款')
    await preview().getByText('实付').first().waitFor()
    await row(2).getByLabel('实付').fill('100.01')
    await preview().getByText('617.49').first().waitFor()
    await preview().getByText('= [退货] 数量 333 × 单价 7.77 × 20% = 517.482，四舍五入到分').waitFor()
    await assertAccessible(page, 'a form that is settled')
    await picture(page, 'settling-form')
  })

  it('keeps what was worked out on record, and lets nobody type it', async () => {
    assert.equal(await page.getByRole('textbox', { name: '损失合计' }).count(), 0)
    const day = page.getByLabel('核定日期').first()
    await day.fill('2026-11-21')
    await day.press('Tab')
    await row(2).getByLabel('实付').press('Control+Enter')
    const record = page.getByRole('region', { name: '办理记录' })
    const entry = record.getByText('= [退货] 数量 333 × 单价 7.77 × 20% = 517.482，四舍五入到分')
    await entry.first().waitFor()
    await record.getByText('SS20260001/payout/B').waitFor()
    await assertAccessible(page, 'a settlement on record')
    await picture(page, 'settling-record')
  })

  it('says at once that shares are not the whole', async () => {
    await chooseOffer(page, '分摊')
    await row(1).getByLabel('责任人').fill('王一')
    await row(1).getByLabel('比例').fill('60')
    await preview().getByText('比例合计 60%，不是 100%').waitFor()
    await page.getByRole('button', { name: '加一行' }).click()
    await row(2).getByLabel('责任人').fill('李二')
    await row(2).getByLabel('比例').fill('40')
    await preview().getByText('= 617.49 × 60% ÷ 100%').waitFor()
    await picture(page, 'settling-shares')
  })

  it('fits a phone, also in the dark', async () => {
    await page.setViewportSize(PHONE)
    await preview().scrollIntoViewIfNeeded()
    await assertAccessible(page, 'a form that is settled, on a phone')
    await picture(page, 'settling-phone')
    const storageState = await page.context().storageState()
    const dark = await openPage(browser, server, { theme: 'dark', storageState })
    await dark.page.goto(page.url())
    const record = dark.page.getByRole('region', { name: '办理记录' })
    await record.getByText('SS20260001/payout/B').waitFor()
    await record.scrollIntoViewIfNeeded()
    await assertAccessible(dark.page, 'a settlement on record, in the dark')
    await picture(dark.page, 'settling-dark')
  })
})
