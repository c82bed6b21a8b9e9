import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, openPage, PHONE, picture } from '../support/browser.js'
import { chooseOffer, fill, heading, redeemLink } from '../support/desk.js'
import { startServer } from '../support/server.js'

describe('a customer who comes back', () => {
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

  const panel = (name) => page.getByRole('region', { name })

  async function complain(subject, contact) {
    await page.goto('/cases/new')
    await page.getByText('投诉', { exact: true }).click()
    await page.getByText('产品', { exact: true }).click()
    await fill(page, { 事由: subject, 投诉内容: '门又合不上了。', 客户姓名: '纪明澜', 联系方式: contact })
  }

  async function register() {
    await page.getByLabel('事由').press('Control+Enter')
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/)
    await heading(page).waitFor()
  }

  it('is known by the contact while the complaint is written down, and the re-complaint is linked', async () => {
    await complain('衣柜门合不上', '13800002911')
    await register()
    await complain('衣柜门修过又合不上', '13800002911')
    const earlier = panel(/此客户此前的案件/)
    await earlier.getByText('衣柜门合不上').waitFor()
    await earlier.getByText('可能是同一事项：内容 100% 相近').waitFor()
    await picture(page, 'links-register')
    await assertAccessible(page, 'registration with earlier cases')
    await earlier.getByLabel(/登记为这一件的二次投诉/).check()
    await register()
    await panel('关联案件').getByText('此前的投诉').waitFor()
    await picture(page, 'links-recomplaint')
  })

  it('takes a link back with a reason', async () => {
    const links = panel('关联案件')
    await links.getByRole('button', { name: '撤销关联' }).click()
    await links.getByLabel('原因').fill('是另一个衣柜')
    await links.getByRole('button', { name: '确认撤销' }).click()
    await page.getByText('已撤销关联').waitFor()
    await panel(/此客户此前的案件/).getByRole('button', { name: /二次投诉/ }).click()
    await links.getByText('此前的投诉').waitFor()
  })

  it('is found to be the same person under another contact, and the second file is merged', async () => {
    await complain('邮件反映衣柜门', 'jiml@example.com')
    await register()
    const before = panel(/此客户此前的案件/)
    await before.getByText('可能是同一客户').waitFor()
    await before.getByRole('button', { name: '认定为同一客户' }).click()
    await before.getByLabel('原因').fill('电话核实为同一人')
    await picture(page, 'links-merge-customers')
    await assertAccessible(page, 'likely duplicates')
    await before.getByRole('button', { name: '确认合并' }).click()
    await before.getByText('同一客户的记录（2）').waitFor()
    await before.getByText('衣柜门修过又合不上').waitFor()
    await picture(page, 'links-merged-customers')

    const links = panel('关联案件')
    await links.getByRole('button', { name: '关联其他案件' }).click()
    await links.getByText('合并', { exact: true }).click()
    await links.getByLabel('合并到哪一案（编号）').fill('TS2026000002')
    await picture(page, 'links-form')
    await links.getByRole('button', { name: '关联', exact: true }).click()
    await links.getByText('已合并到').waitFor()
    await page.getByRole('banner').or(page.locator('.header')).getByText('已合并').first().waitFor()
    await picture(page, 'links-merged')
  })

  it('is put on legal hold, which shows', async () => {
    const hold = panel('法律保全')
    await hold.getByRole('button', { name: '设定保全' }).click()
    await hold.getByLabel('原因').fill('法院调取材料')
    await hold.getByRole('button', { name: '确认设定' }).click()
    await hold.getByText('保全期间不得删除').waitFor()
    await assertAccessible(page, 'a merged case on hold')
    await picture(page, 'links-hold')
  })

  it('takes a complaint back', async () => {
    await complain('椅子少一颗螺丝', '13800002911')
    await register()
    await chooseOffer(page, '客户撤回')
    await page.getByLabel('谁提出撤回').fill('客户本人来电')
    await page.getByLabel('原因').fill('螺丝找到了')
    await picture(page, 'links-withdraw')
    await page.getByLabel('原因').press('Control+Enter')
    await page.getByText('客户撤回，由客户本人来电提出').waitFor()
    await picture(page, 'links-withdrawn')
    await assertAccessible(page, 'a withdrawn case')
  })

  it('fits a phone, also in the dark', async () => {
    const look = { theme: 'dark', viewport: PHONE, storageState: await visit.context.storageState() }
    const phone = await openPage(browser, server, look)
    await phone.page.goto(page.url())
    await heading(phone.page).waitFor()
    await phone.page.getByRole('region', { name: /此客户此前的案件/ }).scrollIntoViewIfNeeded()
    await picture(phone.page, 'links-phone-dark')
    await assertAccessible(phone.page, 'a withdrawn case on a phone')
    assert.deepEqual(phone.complaints, [])
    await phone.context.close()
  })

  it('never makes the browser complain', () => {
    assert.deepEqual(visit.complaints, [])
  })
})
