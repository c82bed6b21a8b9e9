import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, openPage, picture } from '../support/browser.js'
import { chooseFrom, chooseOffer, fill, heading, redeemLink } from '../support/desk.js'
import { startServer } from '../support/server.js'

const SUBJECT = '营业厅排队两小时，工作人员大声训斥'

describe('a complaint of several customers about an employee', () => {
  let server, browser, page

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    page = (await openPage(browser, server)).page
    await redeemLink(page, `/setup#${server.setupToken}`, 'admin')
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  const parties = () => page.getByRole('region', { name: '当事人' })
  const levels = () => page.getByRole('region', { name: '轻重缓急' })

  it('names its parties when it is registered', async () => {
    await page.goto('/cases/new')
    await page.getByText('投诉', { exact: true }).click()
    await page.getByText('服务', { exact: true }).click()
    await fill(page, { 事由: SUBJECT, 投诉内容: '三个窗口只开一个。', 客户姓名: '王秀兰', 联系方式: '13800132207' })
    await parties().getByRole('button', { name: '登记共同投诉人' }).click()
    await parties().getByLabel('姓名').fill('李桂芳')
    await assertAccessible(page, 'registering with a party')
    await picture(page, 'register-party')
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/)
    await parties().getByText('李**').first().waitFor()
  })

  it('becomes serious with the third customer, and says why', async () => {
    await parties().getByRole('button', { name: '登记共同投诉人' }).click()
    await parties().getByLabel('姓名').fill('周强')
    await parties().locator('form').getByRole('button', { name: '登记共同投诉人' }).click()
    await levels().getByText('严重', { exact: true }).waitFor()
    await levels().getByText('P1.7').first().waitFor()
    await picture(page, 'case-parties')
    await assertAccessible(page, 'a case with parties')
  })

  it('shows an outsider in full to whoever asks', async () => {
    await parties().getByRole('button', { name: '显示完整信息' }).first().click()
    await parties().getByText('李桂芳').waitFor()
  })

  it('lets a party go with a reason', async () => {
    const last = parties().getByRole('listitem').filter({ hasText: '周*' })
    await last.getByRole('button', { name: '撤除', exact: true }).click()
    await last.getByLabel('原因').fill('重复登记')
    await last.getByRole('button', { name: '撤除当事人' }).click()
    await levels().getByText('一般', { exact: true }).waitFor()
  })

  it('is raised by hand, and what was found stays beside it', async () => {
    await chooseOffer(page, '调整严重程度')
    await page.getByRole('radio', { name: '严重', exact: true }).check()
    await page.getByLabel('原因').last().fill('媒体关注')
    await page.getByLabel('原因').last().press('Control+Enter')
    await levels().getByText('媒体关注').waitFor()
    await levels().getByText(/系统原判定为“一般”/).waitFor()
    await picture(page, 'case-level-set')
  })

  it('has its nature picked from a tree that is searched, and is listed by the branch', async () => {
    await chooseOffer(page, '初步调查')
    await page.getByLabel('调查情况').fill('当班两人，一人离岗。')
    await chooseFrom(page, '投诉性质', '时效')
    await page.getByLabel('调查情况').press('Control+Enter')
    await page.getByText('已记录：初步调查').waitFor()
    await page.goto('/cases?view=all')
    await heading(page).waitFor()
    await page.getByLabel('类别').selectOption({ label: '服务' })
    await page.getByRole('link', { name: SUBJECT }).waitFor()
    await page.getByLabel('严重程度').selectOption({ label: '严重' })
    await page.getByLabel('排序').selectOption({ label: '先看严重的' })
    await page.getByRole('link', { name: SUBJECT }).waitFor()
    await picture(page, 'worklist-levels')
    await assertAccessible(page, 'a list with levels')
    await page.getByLabel('类别').selectOption({ label: '员工行为' })
    await page.getByRole('link', { name: SUBJECT }).waitFor({ state: 'detached' })
    assert.equal(await page.getByRole('row').count(), 0)
  })
})
