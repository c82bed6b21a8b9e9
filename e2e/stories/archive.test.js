import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, openPage, picture } from '../support/browser.js'
import { chooseFrom, chooseOffer, fill, redeemLink } from '../support/desk.js'
import { deskOf } from '../support/month.js'
import { startServer } from '../support/server.js'

const SUBJECT = '衣柜门合不上，师傅约了没来'

/** A specialist and a technician, each with a browser of their own. */
describe('a complaint handled by two people', () => {
  let server, first, second, specialist, technician

  before(async () => {
    server = await startServer()
    ;[first, second] = await Promise.all([launchBrowser(), launchBrowser()])
    const { page, context } = await openPage(first, server)
    await redeemLink(page, `/setup#${server.setupToken}`, 'admin')
    const desk = deskOf(page)
    const people = await desk.get('/people')
    const invited = async (browser, name, login) => {
      const person = people.find((one) => one.name === name)
      const { link } = await desk.post(`/people/${person.id}/invitation`, { roles: ['staff'] })
      const visit = await openPage(browser, server)
      await redeemLink(visit.page, `/invitation${new URL(link).hash}`, login)
      return visit
    }
    specialist = await invited(first, '林晓', 'linxiao')
    technician = await invited(second, '周敏', 'zhoumin')
    await context.close()
  })
  after(async () => {
    await Promise.all([first, second].map((browser) => browser?.close()))
    await server?.stop()
  })

  const record = (page) => page.getByRole('region', { name: '办理记录' })
  const offers = (page) => page.getByRole('region', { name: '现在可以办理' })
  const confirm = (page, name) => offers(page).locator('form').getByRole('button', { name }).click()

  it('is registered by the specialist and dispatched to the unit of the technician', async () => {
    const { page } = specialist
    await page.goto('/cases/new')
    await page.getByText('投诉', { exact: true }).click()
    await page.getByText('服务', { exact: true }).click()
    await fill(page, { 事由: SUBJECT, 投诉内容: '安装后右边的门一直合不拢。', 客户姓名: '王秀兰', 联系方式: '13800132207' })
    await page.getByLabel('事由').press('Control+Enter')
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/)

    await chooseOffer(page, '初步调查')
    await page.getByLabel('调查情况').fill('铰链装反。')
    await chooseFrom(page, '投诉性质', '质量')
    await page.getByLabel('调查情况').press('Control+Enter')
    await record(page).getByText('铰链装反。').waitFor()
    await chooseOffer(page, '告知客户进展')
    await page.getByLabel('告知内容').fill('已安排师傅上门。')
    await page.getByLabel('告知内容').press('Control+Enter')
    await record(page).getByText('已安排师傅上门。').waitFor()
    await chooseOffer(page, '派单')
    await page.getByRole('combobox', { name: '转给哪个部门' }).click()
    await page.getByRole('option', { name: /安装维修部/ }).first().click()
    await confirm(page, '派单')
    await record(page).getByText(/派单给.*安装维修部/).first().waitFor()
  })

  it('comes to the technician, who handles and answers it while the specialist looks on', async () => {
    const { page } = technician
    await page.goto('/cases?view=unclaimed')
    await page.getByRole('link', { name: SUBJECT }).click()
    await chooseOffer(page, '接收')
    await confirm(page, '接收')
    await record(specialist.page).getByText('接收案件').first().waitFor()

    await chooseOffer(page, '记录处理经过')
    await offers(page).getByText('人员', { exact: true }).click()
    await page.getByLabel('处理经过').fill('上门重新安装了铰链。')
    await page.getByLabel('处理结果').fill('门已合上。')
    await page.getByLabel('处理结果').press('Control+Enter')
    await record(page).getByText('上门重新安装了铰链。').waitFor()
    await chooseOffer(page, '答复客户')
    await page.getByLabel('答复内容').fill('师傅已重新安装，门可以正常关上。')
    await page.getByLabel('答复内容').press('Control+Enter')
    await record(specialist.page).getByText('师傅已重新安装，门可以正常关上。').waitFor()
    await assertAccessible(page, 'the case at the technician')
  })

  it('is closed and archived by the specialist, after asking how satisfied the customer is', async () => {
    const { page } = specialist
    await chooseOffer(page, '回访客户')
    await offers(page).getByText('满意', { exact: true }).click()
    await confirm(page, '回访客户')
    await chooseOffer(page, '结案')
    await confirm(page, '结案')
    await record(page).getByText('结案').first().waitFor()
    await chooseOffer(page, '归档')
    await confirm(page, '归档')
    await page.getByText('已归档').first().waitFor()
    await picture(page, 'case-archived')
    await assertAccessible(page, 'the archived case')
  })

  it('never makes a browser complain', () => {
    assert.deepEqual([...specialist.complaints, ...technician.complaints], [])
  })
})
