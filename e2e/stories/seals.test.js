import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, LOOKS, openPage, picture } from '../support/browser.js'
import { chooseOffer, fill, redeemLink } from '../support/desk.js'
import { png } from '../support/png.js'
import { startServer } from '../support/server.js'

const POLICY = fileURLToPath(new URL('../../policies/power-supply', import.meta.url))
const ORGANISATION = fileURLToPath(new URL('../support/bureau.yaml', import.meta.url))
const NAME = '欧阳慕白'
const PHONE_NUMBER = '13977665544'

describe('a report whose reporter stays sealed', () => {
  let server, browser, page, context, policy, address

  before(async () => {
    policy = mkdtempSync(join(tmpdir(), 'huiyin-policy-'))
    cpSync(POLICY, policy, { recursive: true })
    writeFileSync(join(policy, 'adoption.yaml'), 'set:\n  complaint_phone: 0591-12398\n')
    server = await startServer({ organisation: ORGANISATION, policy })
    browser = await launchBrowser()
    ;({ page, context } = await openPage(browser, server))
    await redeemLink(page, `/setup#${server.setupToken}`, 'admin')
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
    if (policy !== undefined) rmSync(policy, { recursive: true, force: true })
  })

  const seal = () => page.getByRole('region', { name: '举报人身份' })
  const isTold = async (words) => (await page.locator('body').innerText()).includes(words)

  it('says while it is registered what nobody will see afterwards', async () => {
    await page.goto('/cases/new')
    for (const choice of ['举报', '人员', '行风', '具名，要求保密']) {
      await page.getByRole('radio', { name: choice, exact: true }).check()
    }
    const told = { 事由: '装表收好处', 举报内容: `${NAME}看到装表的人收了两条烟。`, 举报人: NAME, 联系电话: PHONE_NUMBER, 工作单位: '北街粮店' }
    await fill(page, told)
    await page.getByText('登记后封存').first().waitFor()
    await assertAccessible(page, 'registering a report')
    await picture(page, 'register-sealed')
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/)
    address = page.url()
    await seal().getByText('已封存', { exact: true }).waitFor()
    assert.ok(!(await isTold(NAME)), 'the name is on the page')
    assert.ok(!(await isTold(PHONE_NUMBER)), 'the phone is on the page')
    await page.getByText('▇▇▇看到装表的人收了两条烟。').first().waitFor()
  })

  it('asks whoever handles it to declare himself first', async () => {
    const offers = page.getByRole('region', { name: '现在可以办理' })
    assert.equal(await seal().getByRole('button').count(), 0)
    await picture(page, 'case-undeclared')
    await chooseOffer(page, '声明利害关系')
    await offers.getByRole('radio', { name: '没有直接利害关系', exact: true }).check()
    await offers.locator('form').getByRole('button', { name: '声明利害关系' }).click()
    await seal().getByRole('button', { name: '写明理由启封…' }).waitFor()
  })

  it('keeps the letter under the same seal', async () => {
    const files = page.getByRole('region', { name: '附件' })
    await files.getByLabel('封存', { exact: true }).selectOption({ label: '封存：举报人身份' })
    await files.getByLabel('选择文件').setInputFiles({ name: `${NAME}的信.png`, mimeType: 'image/png', buffer: png(40, 30, [173, 132, 92]) })
    await files.getByText('封存的文件（举报人身份）').waitFor()
    await seal().getByText('封存文件：1 个').waitFor()
    assert.equal(await files.getByRole('link').count(), 0)
    assert.ok(!(await isTold(NAME)), 'the name of the file is on the page')
    await assertAccessible(page, 'a sealed file')
    await picture(page, 'file-sealed')
  })

  it('is opened for a reason, once, and everybody sees by whom and why', async () => {
    await seal().getByRole('button', { name: '写明理由启封…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('启封理由').fill('电话答复办理结果')
    await assertAccessible(page, 'asking why a seal is opened')
    await picture(page, 'seal-reason')
    await dialog.getByRole('button', { name: '启封', exact: true }).click()
    await dialog.getByText(NAME, { exact: true }).waitFor()
    await dialog.getByText(PHONE_NUMBER, { exact: true }).waitFor()
    const saved = page.waitForEvent('download')
    await dialog.getByRole('link', { name: `${NAME}的信.png` }).click()
    assert.equal((await saved).suggestedFilename(), `${NAME}的信.png`)
    await assertAccessible(page, 'an opened seal')
    await picture(page, 'seal-opened')
    await dialog.getByRole('button', { name: '看完，关闭' }).click()
    await seal().getByText('电话答复办理结果').waitFor()
    assert.ok(!(await isTold(NAME)), 'the name stays on the page')
  })

  it('looks the same in every look', async () => {
    const storageState = await context.storageState()
    for (const { name, ...look } of LOOKS) {
      const opened = await openPage(browser, server, { ...look, storageState })
      await opened.page.goto(address)
      await opened.page.locator('.sealed').first().waitFor()
      await picture(opened.page, `case-sealed-${name}`)
      await assertAccessible(opened.page, `a sealed case, ${name}`)
      assert.deepEqual(opened.complaints, [])
      await opened.context.close()
    }
    await page.goto('/cases?view=all')
    await page.getByText('已封存').first().waitFor()
    await picture(page, 'worklist-sealed')
  })
})
