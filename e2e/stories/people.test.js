import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, LOOKS, openPage, picture } from '../support/browser.js'
import { arriveAtWorkList, chooseFrom, chooseOffer, fill, heading, redeemLink } from '../support/desk.js'
import { deskOf } from '../support/month.js'
import { startServer } from '../support/server.js'

const COMPLAINT = {
  policy: 'general',
  kind: 'complaint',
  channel: 'phone',
  fields: { about: 'product', subject: '衣柜门合不上', content: '右边的门一直合不拢。', customer_name: '王秀兰', contact: '13800132207' },
}
const INQUIRY = {
  policy: 'general',
  kind: 'inquiry',
  channel: 'phone',
  fields: { nature: 'question', subject: '周末几点关门', content: '周末想来看沙发。', other_unit: false },
}

describe('people, departments and deputies', () => {
  let server, browser, admin, xu, zhou

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    admin = await openPage(browser, server)
    await redeemLink(admin.page, `/setup#${server.setupToken}`, 'admin')
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function colleague(name, login) {
    const visit = await openPage(browser, server)
    const desk = deskOf(admin.page)
    const person = (await desk.get('/people')).find((one) => one.name === name)
    const { link } = await desk.post(`/people/${person.id}/invitation`, { roles: ['staff'] })
    await redeemLink(visit.page, new URL(link).pathname + new URL(link).hash, login)
    return { ...visit, id: person.id }
  }

  async function choose(page, label, option) {
    await page.getByLabel(label, { exact: true }).first().click()
    await page.getByRole('listbox', { name: label }).getByRole('option', { name: option }).click()
  }

  it('lists people by department', async () => {
    const { page } = admin
    await page.getByRole('link', { name: '人员和部门' }).click()
    await page.getByRole('button', { name: /^安装维修部/ }).click()
    assert.deepEqual(await page.locator('.person__open').allTextContents(), ['高远', '周敏'])
    await page.getByText('负责人：高远').waitFor()
    await picture(page, 'people-department')
  })

  it('gets a department and a person', async () => {
    const { page } = admin
    await page.getByRole('button', { name: /^客服部/ }).click()
    await page.getByRole('button', { name: '添加部门' }).click()
    await page.getByLabel('部门名称').fill('客户体验组')
    await page.getByRole('button', { name: '添加', exact: true }).click()
    await page.getByRole('button', { name: /^客户体验组/ }).click()
    await page.getByRole('button', { name: '添加人员' }).click()
    await page.getByLabel('姓名', { exact: true }).fill('新同事')
    await page.getByText('客服专员', { exact: true }).click()
    await picture(page, 'people-add')
    await assertAccessible(page, 'adding a person')
    await page.getByRole('button', { name: '添加', exact: true }).click()
    await page.getByRole('button', { name: '新同事' }).waitFor()
  })

  it('does not lose a department in which somebody works', async () => {
    const { page } = admin
    await page.getByRole('button', { name: '编辑部门' }).click()
    await page.getByRole('button', { name: '撤销部门' }).click()
    await page.getByText('还有在职人员 1 人').waitFor()
    await picture(page, 'people-unit-in-use')
    await assertAccessible(page, 'a department that can not be closed')
    await page.getByRole('button', { name: '取消' }).click()
  })

  it('arranges an absence with a deputy', async () => {
    xu = await colleague('徐冰', 'xubing')
    zhou = await colleague('周敏', 'zhoumin')
    const { page } = xu
    await page.getByRole('link', { name: '休假与代理' }).click()
    for (const [label, day] of [['开始日', '2026-11-21'], ['结束日', '2026-11-27']]) {
      const input = page.getByLabel(label).first()
      await input.fill(day)
      await input.press('Enter')
    }
    await choose(page, '代理人', '周敏（安装维修部）')
    await picture(page, 'away-filled')
    await assertAccessible(page, 'arranging an absence')
    await page.getByRole('button', { name: '保存安排' }).click()
    await page.getByText('由周敏代理').first().waitFor()
    await picture(page, 'away-arranged')
  })

  it('lets the deputy handle what waits for the person away, with both on record', async () => {
    const desk = deskOf(xu.page)
    const { id } = await desk.post('/cases', COMPLAINT)
    await desk.post('/cases', INQUIRY)
    const { page } = zhou
    await page.goto('/cases')
    await page.getByRole('button', { name: '代办：徐冰' }).click()
    await page.getByRole('heading', { name: '我的待办（代徐冰）' }).waitFor()
    await page.getByRole('link', { name: '周末几点关门' }).waitFor()
    await picture(page, 'worklist-deputy')
    await assertAccessible(page, 'the list of the represented person')
    await page.goto(`/cases/${id}`)
    await chooseOffer(page, '初步调查 代徐冰')
    await fill(page, { 调查情况: '右侧铰链松动' })
    await chooseFrom(page, '投诉性质', '质量')
    await picture(page, 'case-deputy')
    await assertAccessible(page, 'a case handled as a deputy')
    await page.getByRole('button', { name: '初步调查', exact: true }).click()
    await page.getByText('周敏（代徐冰）').first().waitFor()
  })

  it('keeps what is known of relations, for administrators alone', async () => {
    const { page } = admin
    await page.goto('/people')
    await page.getByRole('button', { name: '徐冰' }).click()
    await page.getByRole('button', { name: '已知关系', exact: true }).click()
    await page.getByText('没有登记过关系').waitFor()
    await page.getByLabel('是什么关系').selectOption({ label: '亲属' })
    await choose(page, '对方', '周敏（安装维修部）')
    const since = page.getByLabel('从哪天起').first()
    await since.fill('2026-03-02')
    await since.press('Enter')
    await page.getByLabel('备注').fill('入职登记表所填')
    await picture(page, 'people-relation')
    await assertAccessible(page, 'recording a relation')
    await page.getByRole('dialog').getByRole('button', { name: '登记', exact: true }).click()
    await page.getByText('亲属 · 周敏').waitFor()
    await page.getByLabel('是什么关系').selectOption({ label: '经济利益' })
    await page.getByText('部门', { exact: true }).last().click()
    await choose(page, '哪个部门', /安装维修部$/)
    await page.getByRole('dialog').getByRole('button', { name: '登记', exact: true }).click()
    await page.getByText(/经济利益 · .*安装维修部/).waitFor()
    await page.getByRole('button', { name: '终止（周敏）' }).click()
    const last = page.getByLabel('最后一天').first()
    await last.fill('2026-03-05')
    await last.press('Enter')
    await page.getByRole('button', { name: '终止关系' }).click()
    await page.getByText('今天不算').waitFor()
    await picture(page, 'people-relations')
    await assertAccessible(page, 'the relations of a person')
    await page.keyboard.press('Escape')
    const seen = await xu.page.evaluate(async (id) => (await fetch(`/api/v1/people/${id}/relations`)).status, xu.id)
    assert.equal(seen, 403)
  })

  it('hands over what a leaver holds', async () => {
    const { page } = admin
    await page.goto('/people')
    await page.getByRole('button', { name: '徐冰' }).click()
    await page.getByRole('button', { name: '离职', exact: true }).click()
    await page.getByText('手里还有 2 件在办案件').waitFor()
    await choose(page, '统一交给', '林晓（客服部）')
    await picture(page, 'people-leave')
    await assertAccessible(page, 'letting somebody leave')
    await page.getByRole('button', { name: '办理徐冰离职' }).click()
    await page.getByText(/移交 2 件/).waitFor()
    await picture(page, 'people-left')
    await xu.page.goto('/cases')
    await xu.page.waitForURL('**/sign-in*')
  })

  it('takes a leaver back', async () => {
    const { page } = admin
    await page.getByRole('button', { name: '复职' }).click()
    await page.getByRole('button', { name: '账户', exact: true }).click()
    await page.getByRole('dialog').getByText('账户已关闭').waitFor()
    await page.getByRole('button', { name: '生成重置链接' }).click()
    const link = await page.getByLabel('一次性链接').inputValue()
    await picture(page, 'people-account')
    await redeemLink(xu.page, new URL(link).pathname + new URL(link).hash, 'xubing')
    await arriveAtWorkList(xu.page)
  })

  it('looks right on a phone and in the dark', async () => {
    const storageState = await admin.context.storageState()
    for (const look of LOOKS) {
      const { page, context, complaints } = await openPage(browser, server, { ...look, storageState })
      await page.goto('/people')
      await heading(page).waitFor()
      await page.getByRole('button', { name: '林晓' }).click()
      await page.getByRole('dialog').waitFor()
      await picture(page, `person-${look.name}`)
      await assertAccessible(page, `a person, ${look.name}`)
      assert.deepEqual(complaints, [])
      await context.close()
    }
  })

  it('never makes the browser complain', () => {
    assert.deepEqual([admin.complaints, zhou.complaints].flat(), [])
  })
})
