import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, LOOKS, openPage, PHONE, picture } from '../support/browser.js'
import { chooseFrom, heading, redeemLink } from '../support/desk.js'
import { deskOf } from '../support/month.js'
import { startServer } from '../support/server.js'

const GENERAL = fileURLToPath(new URL('../../policies/general/', import.meta.url))
const BRANCH = '华东分公司'
const UNITS = `params:
  first_word: {title: {zh-CN: 首次反馈时限, en: First word}, type: limit, default: 48 hours, units: at_most, clause: P1.8}
  visit: {title: {zh-CN: 上门时限, en: Visit}, type: limit, default: 2 working days, units: any, clause: P1.8}
  budget: {title: {zh-CN: 当场处理限额, en: Limit on the spot}, type: money, default: '500', units: any, clause: P1.8}
  counter: {title: {zh-CN: 服务窗口, en: Counter}, type: text, default: 总台, units: any, clause: P1.8}
`

const COMPLAINT = {
  policy: 'general',
  kind: 'complaint',
  channel: 'phone',
  fields: { about: 'product', subject: '衣柜门合不上', content: '右边的门一直合不拢。', customer_name: '王秀兰', contact: '13800132207' },
}

/** The general policy with figures that it leaves to units. */
function writePolicy(folder, firstWord) {
  for (const name of readdirSync(GENERAL).filter((name) => name.endsWith('.yaml'))) {
    const text = readFileSync(join(GENERAL, name), 'utf8')
    writeFileSync(join(folder, name), text.replaceAll('length: 48 hours', 'length: {param: first_word}'))
  }
  writeFileSync(join(folder, 'units.yaml'), UNITS.replace('48 hours', firstWord))
  return readdirSync(folder).map((name) => join(folder, name))
}

describe('a policy adopted by a branch with figures of its own', () => {
  let server, browser, admin, shop, folder

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huiyin-adoption-'))
    writePolicy(folder, '48 hours')
    server = await startServer({ policy: folder })
    browser = await launchBrowser()
    admin = await openPage(browser, server)
    await redeemLink(admin.page, `/setup#${server.setupToken}`, 'admin')
    const desk = deskOf(admin.page)
    const person = (await desk.get('/people')).find((one) => one.name === '陈思远')
    const { link } = await desk.post(`/people/${person.id}/invitation`, { roles: ['staff'] })
    shop = await openPage(browser, server)
    await redeemLink(shop.page, new URL(link).pathname + new URL(link).hash, 'chensiyuan')
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** The version that a complaint of the shop keeps, and when its first word is due. */
  async function takenIn() {
    const desk = deskOf(shop.page)
    const { id } = await desk.post('/cases', COMPLAINT)
    const { policy, clocks } = await desk.get(`/cases/${id}`)
    return { id, version: policy.version, due: clocks[0].due_at }
  }

  it('is adopted at the desk, with what is wrong said value by value', async () => {
    const { page } = admin
    await page.goto('/policies')
    await page.getByRole('link', { name: '部门采用' }).click()
    await page.getByText('还没有部门采用').waitFor()
    await picture(page, 'adoptions-none')
    await assertAccessible(page, 'no adoptions')
    await page.getByRole('button', { name: '部门采用' }).click()
    const dialog = page.getByRole('dialog')
    await chooseFrom(page, '部门', BRANCH)
    await dialog.getByLabel('首次反馈时限').fill('72')
    await dialog.getByRole('button', { name: '部门采用' }).click()
    await dialog.getByText('部门自定的“首次反馈时限”不得多于整个单位的“48 小时”').first().waitFor()
    await picture(page, 'adoption-refused')
    await assertAccessible(page, 'a value that a unit may not set')
    await dialog.getByLabel('首次反馈时限').fill('24')
    await dialog.getByLabel('服务窗口').fill('一楼')
    await dialog.getByRole('button', { name: '部门采用' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: BRANCH }).waitFor()
    await page.getByText('24 小时').waitFor()
  })

  it('gives the cases of the branch and the shops below it their own due times', async () => {
    const { id, version, due } = await takenIn()
    assert.deepEqual([version, due], [2, '2026-11-22T09:00:00+08:00'])
    const atHead = await deskOf(admin.page).post('/cases', COMPLAINT)
    assert.equal((await deskOf(admin.page).get(`/cases/${atHead.id}`)).clocks[0].due_at, '2026-11-23T09:00:00+08:00')
    const { page } = shop
    await page.goto(`/cases/${id}`)
    await page.getByText(`第 2 版（${BRANCH}采用）`).waitFor()
    await picture(page, 'adoption-case')
    await assertAccessible(page, 'a case of a branch')
  })

  it('looks well on a desktop and a phone, in both themes', async () => {
    for (const look of LOOKS.filter(({ language }) => language === 'zh-CN')) {
      const visit = await openPage(browser, server, { ...look, storageState: await admin.context.storageState() })
      const { page } = visit
      const shoot = async (name) => {
        await page.screenshot({ path: fileURLToPath(new URL(`../shots/adoption-${name}-${look.name}.png`, import.meta.url)) })
        await assertAccessible(page, `${name}, ${look.name}`)
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        assert.ok(beyond <= 0, `${name} is wider than its window by ${beyond}`)
      }
      await page.goto('/policies')
      await page.getByRole('link', { name: '部门采用' }).waitFor()
      await shoot('policies')
      await page.goto('/policies/general/adoptions')
      await heading(page).waitFor()
      await shoot('page')
      await page.getByRole('button', { name: `改数值 ${BRANCH}` }).click()
      await shoot('dialog')
      await page.goto('/policies/general/versions/2')
      await page.getByText(`${BRANCH}采用第 1 版`).waitFor()
      await shoot('version')
      assert.deepEqual(visit.complaints, [])
      await visit.context.close()
    }
  })

  it('ends with a version that its figures do not fit, if whoever publishes says so', async () => {
    const { page } = admin
    await page.goto('/policies')
    await page.getByRole('button', { name: '新建草案' }).click()
    await page.getByLabel('选择文件', { exact: true }).setInputFiles(writePolicy(folder, '12 hours'))
    await page.getByRole('button', { name: '保存草案' }).click()
    await page.getByText(/不适用这一版/).first().waitFor()
    await page.getByRole('button', { name: '发布', exact: true }).click()
    const dialog = page.getByRole('dialog')
    const publish = dialog.getByRole('button', { name: '发布', exact: true })
    assert.equal(await publish.isDisabled(), true)
    await picture(page, 'adoption-publish')
    await assertAccessible(page, 'publishing over an adoption')
    await page.setViewportSize(PHONE)
    await picture(page, 'adoption-publish-phone')
    await dialog.getByLabel(new RegExp(BRANCH)).check()
    await publish.click()
    await dialog.waitFor({ state: 'detached' })
    assert.equal((await takenIn()).version, 3)
  })

  it('is adopted anew, and ended from a day on', async () => {
    const { page } = await openPage(browser, server, { storageState: await admin.context.storageState() })
    await page.goto('/policies/general/adoptions')
    await page.getByRole('button', { name: '部门采用' }).click()
    const dialog = page.getByRole('dialog')
    await chooseFrom(page, '部门', BRANCH)
    await dialog.getByLabel('首次反馈时限').fill('10')
    await dialog.getByRole('button', { name: '部门采用' }).click()
    await dialog.waitFor({ state: 'detached' })
    assert.equal((await takenIn()).version, 5)
    await page.getByRole('button', { name: `停止采用 ${BRANCH}` }).click()
    await picture(page, 'adoption-end')
    await assertAccessible(page, 'ending an adoption')
    await dialog.getByRole('button', { name: '停止采用' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('现在按上级部门或整个单位的数值办理。').waitFor()
    await picture(page, 'adoptions-ended')
    await assertAccessible(page, 'an adoption that has ended')
    assert.equal((await takenIn()).version, 3)
  })
})
