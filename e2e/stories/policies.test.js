import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { DESKTOP, launchBrowser, LOOKS, openPage, PHONE, picture } from '../support/browser.js'
import { chooseFrom, heading, redeemLink } from '../support/desk.js'
import { deskOf } from '../support/month.js'
import { startServer } from '../support/server.js'

const GENERAL = fileURLToPath(new URL('../../policies/general/', import.meta.url))
const FILES = readdirSync(GENERAL).filter((name) => name.endsWith('.yaml'))

const COMPLAINT = {
  policy: 'general',
  kind: 'complaint',
  channel: 'phone',
  fields: { about: 'product', subject: '衣柜门合不上', content: '右边的门一直合不拢。', customer_name: '王秀兰', contact: '13800132207' },
}

describe('the next version of a policy', () => {
  let server, browser, admin, lin, folder, draft, earlier

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    folder = mkdtempSync(join(tmpdir(), 'huiyin-policy-'))
    admin = await openPage(browser, server)
    await redeemLink(admin.page, `/setup#${server.setupToken}`, 'admin')
    lin = await openPage(browser, server)
    const desk = deskOf(admin.page)
    const person = (await desk.get('/people')).find((one) => one.name === '林晓')
    earlier = (await desk.post('/cases', COMPLAINT)).id
    const { link } = await desk.post(`/people/${person.id}/invitation`, { roles: ['staff'] })
    await redeemLink(lin.page, new URL(link).pathname + new URL(link).hash, 'linxiao')
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** The files of the general policy, some text in them replaced. */
  function revised(from, to) {
    return FILES.map((name) => {
      const text = readFileSync(join(GENERAL, name), 'utf8')
      writeFileSync(join(folder, name), text.replaceAll(from, to))
      return join(folder, name)
    })
  }

  async function order(page, verb, version, reason) {
    await page.goto('/policies')
    await page.getByRole('button', { name: `${verb} 第 ${version} 版` }).click()
    await page.getByLabel('原因').fill(reason)
    await picture(page, `policies-${verb}`)
    await assertAccessible(page, verb)
    await page.getByRole('dialog').getByRole('button', { name: verb, exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  it('is put down as a draft, checked at once', async () => {
    const { page } = admin
    await page.getByRole('link', { name: '制度', exact: true }).click()
    await page.getByText('第 1 版').first().waitFor()
    await page.getByRole('button', { name: '新建草案' }).click()
    await page.getByLabel('选择文件', { exact: true }).setInputFiles(revised('length: 48 hours', 'length: 48 hurs'))
    await page.getByText(`${FILES.length} 个文件`).waitFor()
    await picture(page, 'policies-new-draft')
    await assertAccessible(page, 'a new draft')
    await page.getByRole('button', { name: '保存草案' }).click()
    await page.getByText('“48 hurs”不是时限').waitFor()
    await page.getByText(/policy\.yaml 第 \d+ 行/).waitFor()
    draft = page.url()
    await picture(page, 'draft-findings')
    await assertAccessible(page, 'a draft with errors')
    assert.equal(await page.getByRole('button', { name: '发布', exact: true }).isDisabled(), true)
  })

  it('shows what changes, clause by clause, once it is corrected', async () => {
    const { page } = admin
    await page.getByRole('button', { name: '替换文件' }).click()
    await page.getByLabel('选择文件', { exact: true }).setInputFiles(revised('length: 48 hours', 'length: 24 hours'))
    await page.getByRole('button', { name: '保存草案' }).click()
    await page.getByText(/自登记起 24 小时/).waitFor()
    await page.getByText(/自登记起 48 小时/).waitFor()
    await chooseFrom(page, '请谁会签', '林晓')
    await page.getByRole('button', { name: '请其会签' }).click()
    await page.getByText('会签未完成：林晓').waitFor()
    await picture(page, 'draft-changes')
    await assertAccessible(page, 'a draft with changes')
  })

  it('is commented on and consented to by who was asked', async () => {
    const { page } = lin
    await page.goto(draft)
    await page.getByRole('button', { name: '提意见 P1.8' }).click()
    await page.getByRole('textbox', { name: '意见' }).fill('周末怎么办？')
    await page.getByRole('button', { name: '提交意见' }).click()
    await page.getByText('周末怎么办？').waitFor()
    await page.getByText('请您会签').waitFor()
    await picture(page, 'draft-asked')
    await assertAccessible(page, 'a draft that somebody is asked to consent to')
    await page.getByRole('button', { name: '同意', exact: true }).click()
    await page.getByText('可以发布。').waitFor()
  })

  it('is published, and a case is registered under it', async () => {
    const { page } = admin
    await page.goto(draft)
    for (const look of LOOKS.filter(({ language }) => language === 'zh-CN')) {
      const visit = await openPage(browser, server, { ...look, storageState: await admin.context.storageState() })
      for (const [name, path] of [['policies', '/policies'], ['draft', draft], ['version', '/policies/general/versions/1'], ['register', '/cases/new']]) {
        await visit.page.goto(path)
        await heading(visit.page).waitFor()
        await visit.page.waitForFunction(() => document.querySelector('.skeleton') === null)
        await visit.page.screenshot({ path: fileURLToPath(new URL(`../shots/policies-${name}-${look.name}.png`, import.meta.url)), fullPage: name === 'draft' })
        await assertAccessible(visit.page, `${name}, ${look.name}`)
      }
      assert.deepEqual(visit.complaints, [])
      await visit.context.close()
    }
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await picture(page, 'draft-publish')
    await assertAccessible(page, 'publishing')
    await page.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click()
    await page.getByText('第 2 版').first().waitFor()
    const desk = deskOf(page)
    const { id } = await desk.post('/cases', COMPLAINT)
    const taken = await desk.get(`/cases/${id}`)
    assert.equal(taken.policy.version, 2)
  })

  it('leaves an earlier case as it was until a supervisor has it go on under the new version', async () => {
    const { page } = admin
    await page.goto(`/cases/${earlier}`)
    const migration = page.getByRole('region', { name: '改用新版制度' })
    await migration.getByText('本案按第 1 版办理，现行的是第 2 版').waitFor()
    await migration.getByRole('button', { name: '看看改用第 2 版会怎样' }).click()
    await migration.getByText('首次反馈时限').waitFor()
    await migration.getByText('11/23 09:00 → 11/22 09:00').waitFor()
    await migration.getByRole('button', { name: '决定改用' }).click()
    await migration.getByLabel('原因').fill('客户要求尽快反馈')
    await picture(page, 'migration')
    await assertAccessible(page, 'a case that could go on under a newer version')
    await page.setViewportSize(PHONE)
    await migration.scrollIntoViewIfNeeded()
    await picture(page, 'migration-phone')
    await assertAccessible(page, 'the same on a phone')
    await page.setViewportSize(DESKTOP)
    await migration.getByRole('button', { name: '确认改用' }).click()
    await migration.waitFor({ state: 'detached' })
    const record = page.getByRole('region', { name: '办理记录' })
    await record.getByText('客户要求尽快反馈').waitFor()
    await picture(page, 'migrated')
    assert.equal((await deskOf(page).get(`/cases/${earlier}`)).policy.version, 2)
  })

  it('is stopped in an emergency: registering is refused with the reason', async () => {
    const { page } = admin
    await order(page, '紧急停用', 2, '首次反馈时限过短')
    await page.getByText('首次反馈时限过短').waitFor()
    await page.goto('/cases/new')
    await page.getByText('恢复前新案件按第 1 版受理').waitFor()
    await picture(page, 'register-stands-in')
    await order(page, '紧急停用', 1, '等待法务意见')
    await picture(page, 'policies-stopped')
    await assertAccessible(page, 'stopped versions')
    const staff = lin.page
    await staff.goto('/cases/new')
    await staff.getByText('第 2 版已紧急停用，暂不受理新案件').waitFor()
    await staff.getByText('原因：首次反馈时限过短').waitFor()
    await picture(staff, 'register-stopped')
    await assertAccessible(staff, 'registering while the policy is stopped')
    await order(page, '恢复', 2, '已更正')
    await staff.goto('/cases/new')
    await staff.getByLabel('事由').waitFor()
  })
})
