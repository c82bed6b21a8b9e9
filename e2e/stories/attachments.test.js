import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, openPage, PHONE, picture } from '../support/browser.js'
import { registerCases } from '../support/cases.js'
import { fill, heading, redeemLink } from '../support/desk.js'
import { png } from '../support/png.js'
import { startServer } from '../support/server.js'

const PHOTO = { name: '漏水的地板.png', mimeType: 'image/png', buffer: png(640, 420, [173, 132, 92]) }
const INVOICE = { name: '安装发票.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%âãÏÓ\n', 'latin1') }
const CALL = { name: '回访录音 11-20.mp3', mimeType: 'audio/mpeg', buffer: Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), Buffer.alloc(90_000)]) }
const PROGRAM = { name: 'setup.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') }
const FORGED = { name: '合同.pdf', mimeType: 'application/pdf', buffer: PHOTO.buffer }

/** Files are put on a case, looked at, taken out and taken away. */
describe('attachments', () => {
  let server, browser, visit, page, complaint

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    visit = await openPage(browser, server)
    page = visit.page
    await redeemLink(page, `/setup#${server.setupToken}`, 'admin')
    ;[complaint] = await registerCases(page)
    await page.goto(`/cases/${complaint.id}`)
    await panel().waitFor()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  const panel = (on = page) => on.getByRole('region', { name: '附件' })
  const item = (name) => panel().getByRole('listitem').filter({ hasText: name })
  const choose = (files) => panel().getByLabel('选择文件').setInputFiles(files)

  it('are sent one after the other, and stand on the case', async () => {
    await panel().getByText('还没有附件。').waitFor()
    await choose([PHOTO, INVOICE, CALL])
    for (const { name } of [PHOTO, INVOICE, CALL]) await item(name).getByText('沈佳').waitFor()
    await item(CALL.name).getByText('88 KB').waitFor()
    await page.getByRole('region', { name: '办理记录' }).getByText(`添加附件：${INVOICE.name}`).waitFor()
    await panel().scrollIntoViewIfNeeded()
    await picture(page, 'attachments')
    await assertAccessible(page, 'attachments')
  })

  it('are refused with a reason when they are not what is taken', async () => {
    await choose([PROGRAM, FORGED])
    await panel().getByText('不接收这种类型的文件。').waitFor()
    await panel().getByText('请用原来的程序打开并另存').waitFor()
    await picture(page, 'attachments-refused')
    await assertAccessible(page, 'refused attachments')
    for (const { name } of [PROGRAM, FORGED]) await panel().getByRole('button', { name: `不上传 ${name}` }).click()
    assert.equal(await panel().getByRole('list', { name: '正在上传' }).count(), 0)
  })

  it('are shown in the page if they are plain pictures', async () => {
    await item(PHOTO.name).getByRole('button', { name: '预览' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: PHOTO.name })
    const shown = dialog.getByRole('img', { name: PHOTO.name })
    await shown.waitFor()
    await page.waitForFunction(() => document.querySelector('dialog img')?.naturalWidth === 640)
    await picture(page, 'attachment-preview')
    await assertAccessible(page, 'preview')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await item(INVOICE.name).getByRole('button', { name: '预览' }).count(), 0)
  })

  it('come back byte for byte under their names', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), item(PHOTO.name).getByRole('link', { name: '下载' }).click()])
    assert.equal(download.suggestedFilename(), PHOTO.name)
    assert.deepEqual(readFileSync(await download.path()), PHOTO.buffer)
  })

  it('are removed with a reason that stays', async () => {
    await item(CALL.name).getByRole('button', { name: '移除' }).click()
    await item(CALL.name).getByLabel('移除原因').fill('录的是另一位客户')
    await assertAccessible(page, 'removing')
    await item(CALL.name).getByRole('button', { name: '确认移除' }).click()
    await item(CALL.name).waitFor({ state: 'detached' })
    const record = page.getByRole('region', { name: '办理记录' })
    await record.getByRole('listitem').filter({ hasText: `移除附件：${CALL.name}` }).getByText('录的是另一位客户').waitFor()
  })

  it('come along when a case is registered', async () => {
    await page.goto('/cases/new')
    await page.getByText('投诉', { exact: true }).click()
    await page.getByText('产品', { exact: true }).click()
    await fill(page, { 客户姓名: '王秀兰', 联系方式: '13800132207', 事由: '地板被水泡了', 投诉内容: '照片见附件。' })
    await page.getByLabel('选择文件').setInputFiles([PHOTO, INVOICE])
    await page.getByRole('button', { name: `不上传 ${INVOICE.name}` }).click()
    await picture(page, 'register-with-files')
    await assertAccessible(page, 'registering with files')
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await heading(page).getByText('地板被水泡了').waitFor()
    await item(PHOTO.name).getByText('沈佳').waitFor()
    assert.equal(await item(INVOICE.name).count(), 0)
  })

  for (const look of [
    { name: 'phone', viewport: PHONE },
    { name: 'dark', theme: 'dark' },
  ]) {
    it(`can be read and reached: ${look.name}`, async () => {
      const storageState = await visit.context.storageState()
      const other = await openPage(browser, server, { ...look, storageState })
      await other.page.goto(`/cases/${complaint.id}`)
      await panel(other.page).getByText(PHOTO.name).waitFor()
      await panel(other.page).scrollIntoViewIfNeeded()
      await picture(other.page, `attachments-${look.name}`)
      await assertAccessible(other.page, look.name)
      assert.deepEqual(other.complaints, [])
      await other.context.close()
    })
  }

  it('never make the browser complain', () => {
    assert.deepEqual(visit.complaints, [])
  })
})
