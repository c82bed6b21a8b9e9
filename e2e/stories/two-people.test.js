import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, openPage, picture } from '../support/browser.js'
import { registerCases } from '../support/cases.js'
import { chooseFrom, chooseOffer, redeemLink } from '../support/desk.js'
import { startServer } from '../support/server.js'

/** The same case lies open in two windows, and both work on it. */
describe('two windows on one case', () => {
  let server, browser, first, second

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    first = await openPage(browser, server)
    await redeemLink(first.page, `/setup#${server.setupToken}`, 'admin')
    const [complaint] = await registerCases(first.page)
    second = await openPage(browser, server, { storageState: await first.context.storageState() })
    for (const { page } of [first, second]) {
      await page.goto(`/cases/${complaint.id}`)
      await page.getByRole('region', { name: '办理记录' }).waitFor()
    }
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  const offers = (page) => page.getByRole('region', { name: '现在可以办理' })
  const record = (page) => page.getByRole('region', { name: '办理记录' })

  it('keeps what is written while another form is looked at', async () => {
    const { page } = first
    await chooseOffer(page, '告知客户进展')
    await page.getByLabel('告知内容').fill('已安排师傅明天上午上门检查。')
    await chooseOffer(page, '添加内部备注')
    await chooseOffer(page, '告知客户进展')
    assert.equal(await page.getByLabel('告知内容').inputValue(), '已安排师傅明天上午上门检查。')
  })

  it('tells of what the other did meanwhile before it takes what was written', async () => {
    await chooseOffer(second.page, '添加内部备注')
    await second.page.getByLabel('内部备注').fill('客户刚来电催问。')
    await second.page.getByLabel('内部备注').press('Control+Enter')
    const { page } = first
    await record(page).getByText('客户刚来电催问。').waitFor()

    await page.getByLabel('告知内容').press('Control+Enter')
    await page.getByText('提交前案件已有新的进展').waitFor()
    assert.equal(await page.getByLabel('告知内容').inputValue(), '已安排师傅明天上午上门检查。')
    await page.getByLabel('告知内容').press('Control+Enter')
    await record(page).getByText('已安排师傅明天上午上门检查。').waitFor()
  })

  it('of two answers at once takes one, and tells the other', async () => {
    for (const { page } of [first, second]) {
      await chooseOffer(page, '初步调查')
      await page.getByLabel('调查情况').fill('排水管接头未拧紧。')
      await chooseFrom(page, '投诉性质', '质量')
    }
    await Promise.all([first, second].map(({ page }) => page.getByLabel('调查情况').press('Control+Enter')))
    await Promise.any([first, second].map(({ page }) => page.getByText('提交前案件已有新的进展').waitFor()))
    const entries = record(first.page).getByRole('listitem').filter({ hasText: '排水管接头未拧紧。' })
    await entries.first().waitFor()
    assert.equal(await entries.count(), 1)
  })

  it('gives back what was written for something that can no longer be done', async () => {
    const { page } = first
    await chooseOffer(page, '告知客户进展')
    await page.getByLabel('告知内容').fill('师傅已出发，预计十点到。')
    await chooseOffer(second.page, '派单')
    await second.page.getByRole('combobox', { name: '转给哪个部门' }).click()
    await second.page.getByRole('option').first().click()
    await offers(second.page).locator('form').getByRole('button', { name: '派单' }).click()

    const left = offers(page).getByRole('alert').filter({ hasText: '案件已由他人推进' })
    await left.getByText('师傅已出发，预计十点到。').waitFor()
    await picture(page, 'case-stranded')
    await assertAccessible(page, 'left over')
    await left.getByRole('button', { name: '不再需要' }).click()
    await left.waitFor({ state: 'detached' })
  })

  it('never makes the browser complain', () => {
    assert.deepEqual([...first.complaints, ...second.complaints], [])
  })
})
