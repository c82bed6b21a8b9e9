import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, openPage, picture } from '../support/browser.js'
import { arriveAtWorkList, chooseFrom, chooseOffer, fill, heading, redeemLink, signIn } from '../support/desk.js'
import { startServer } from '../support/server.js'

/** Whether the focus is in the field with this label. */
const isWritingIn = (page, label) => page.getByLabel(label).first().evaluate((field) => field === document.activeElement)

const SUBJECT = '新装空调漏水，要求退货并赔偿地板'

describe('a complaint by phone', () => {
  let server, browser, visit, page

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    visit = await openPage(browser, server)
    page = visit.page
    await redeemLink(page, `/setup#${server.setupToken}`, 'admin')
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  const clocks = () => page.getByRole('region', { name: '办理时限' })

  it('is started with N, and what is missing is asked for at the field', async () => {
    await heading(page).waitFor()
    await page.keyboard.press('n')
    await page.waitForURL('**/cases/new')
    await page.locator('[name="kind"]').first().waitFor()
    assert.ok(await isWritingIn(page, '联系方式'))
    await page.getByText('投诉', { exact: true }).click()
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.getByText('请填写事由。').waitFor()
    await picture(page, 'register-missing')
  })

  it('shows its deadlines before it is saved', async () => {
    await page.getByText('产品', { exact: true }).click()
    await fill(page, {
      事由: SUBJECT,
      投诉内容: '11 月 18 日安装的挂机空调，19 日夜间室内机漏水，客厅木地板约 6 平方米鼓起。',
      客户姓名: '刘芳',
      联系方式: '13800132207',
    })
    const preview = page.getByRole('complementary', { name: '登记后的时限' })
    await preview.getByText('P1.8').first().waitFor({ state: 'attached' })
    await picture(page, 'register-preview')
  })

  it('keeps the draft over a reload', async () => {
    await page.getByText('草稿已保存').waitFor()
    await page.reload()
    await page.getByText('已恢复上次未提交的草稿').waitFor()
    assert.equal(await page.getByLabel('事由').inputValue(), SUBJECT)
  })

  it('is registered with Ctrl+Enter and gets its number', async () => {
    await page.getByLabel('事由').press('Control+Enter')
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/)
    await heading(page).getByText(SUBJECT).waitFor()
    // The mark that only paper shows has the number, too.
    await page.getByText(/TS\S*000001/).filter({ visible: true }).first().waitFor()
  })

  it('explains why a deadline is what it is', async () => {
    await clocks().getByText('为什么是这个时限').first().click()
    const lines = clocks().locator('details[open] ol li')
    assert.ok((await lines.count()) >= 1)
    await picture(page, 'case-explained')
  })

  it('masks the customer until someone asks, and says that asking is on record', async () => {
    const customer = page.getByRole('region', { name: '客户' })
    assert.equal(await customer.getByText('13800132207').count(), 0)
    await customer.getByText('每次查看都会留痕').waitFor()
    await customer.getByRole('button', { name: '显示完整信息' }).click()
    await customer.getByText('13800132207').waitFor()
  })

  it('takes an internal note that is marked as such', async () => {
    await chooseOffer(page, '添加内部备注')
    await page.getByLabel('内部备注').fill('客户情绪较激动，约定今日 15:00 前回电。')
    await page.getByLabel('内部备注').press('Control+Enter')
    const record = page.getByRole('region', { name: '办理记录' })
    await record.getByText('约定今日 15:00 前回电').waitFor()
    await record.getByRole('button', { name: '内部', exact: true }).click()
    assert.equal(await record.getByRole('listitem').count(), 1)
    await picture(page, 'case-noted')
    await record.getByRole('button', { name: '全部', exact: true }).click()
  })

  it('stops the first clock once both parts are done', async () => {
    await chooseOffer(page, '初步调查')
    await page.getByLabel('调查情况').fill('排水管接头未拧紧，安装责任，属实。')
    await chooseFrom(page, '投诉性质', '质量')
    await page.getByLabel('调查情况').press('Control+Enter')
    await page.getByText('已记录：初步调查').waitFor()
    assert.equal(await clocks().getByText('按时完成').count(), 0, 'progress has not been told yet')

    await chooseOffer(page, '告知客户进展')
    await page.getByLabel('告知内容').fill('已查明系安装不当，责任部门将与您联系赔偿。')
    await page.getByLabel('告知内容').press('Control+Enter')
    await clocks().getByText('按时完成').waitFor()
    await picture(page, 'case-told')
  })

  it('keeps a wrong entry, struck through', async () => {
    const record = page.getByRole('region', { name: '办理记录' })
    const note = record.getByRole('listitem').filter({ hasText: '约定今日 15:00 前回电' })
    await note.getByRole('button', { name: '作废此条' }).click()
    await note.getByLabel('作废原因').fill('记错了案件')
    await note.getByRole('button', { name: '确认作废' }).click()
    await record.locator('del').filter({ hasText: '约定今日 15:00 前回电' }).waitFor()
  })

  it('moves on in every window that shows it', async () => {
    const other = await openPage(browser, server, { storageState: await visit.context.storageState() })
    await other.page.goto(page.url())
    await other.page.getByRole('region', { name: '办理记录' }).waitFor()
    await chooseOffer(page, '添加内部备注')
    await page.getByLabel('内部备注').fill('已请安装部今天上门。')
    await page.getByLabel('内部备注').press('Control+Enter')
    await other.page.getByText('已请安装部今天上门。').waitFor()
    await other.context.close()
  })

  it('is on the work list, where J and Enter open it', async () => {
    await page.getByRole('link', { name: '全部案件' }).click()
    await page.getByRole('link', { name: SUBJECT }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await heading(page).getByText(SUBJECT).waitFor()
  })

  it('is found by its words', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('漏水')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/cases\?q=/)
    await page.getByRole('link', { name: SUBJECT }).waitFor()
  })

  it('looks overdue once its time has passed', async () => {
    await server.setClock('2026-12-02T10:00:00+08:00')
    // A session doesn't outlive such a jump.
    await signIn(page, 'admin')
    await arriveAtWorkList(page)
    await page.goto('/cases?view=all')
    await page.getByRole('table').getByText(/^超时/).first().waitFor()
    await picture(page, 'cases-overdue')
  })

  it('is followed by the next call without leaving the keyboard', async () => {
    await page.goto('/cases')
    await heading(page).waitFor()
    await page.keyboard.press('n')
    await page.waitForURL('**/cases/new')
    await page.getByRole('radio', { name: '投诉' }).waitFor()
    assert.ok(await page.getByRole('radio', { name: '投诉' }).isChecked())
    await page.keyboard.press('F2')
    assert.ok(!(await page.getByRole('radio', { name: '投诉' }).isChecked()))
    await page.keyboard.press('Shift+F2')
    assert.ok(await isWritingIn(page, '联系方式'))
    await page.keyboard.type('13900132208')
    const choices = page.locator('input[type="radio"][name^="intake-"]')
    await choices.first().focus()
    await page.keyboard.press('1')
    assert.ok(await choices.first().isChecked())
    await fill(page, { 事由: '第二个来电', 投诉内容: '同一小区的另一户。', 客户姓名: '陈静' })
    await assertAccessible(page, 'registering')
    await page.getByLabel('事由').press('Control+Shift+Enter')
    await page.getByRole('link', { name: '打开这件' }).waitFor()
    assert.ok(await isWritingIn(page, '联系方式'))
    assert.equal(await page.getByLabel('事由').inputValue(), '')
    await picture(page, 'register-next')
    await page.getByRole('link', { name: '打开这件' }).click()
    await heading(page).getByText('第二个来电').waitFor()
    await page.getByRole('region', { name: '客户' }).getByText('同一小区的另一户。').waitFor()
  })

  it('never makes the browser complain', () => {
    assert.deepEqual(visit.complaints, [])
  })
})
