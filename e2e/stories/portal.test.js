import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, LOOKS, openPage, PHONE, picture } from '../support/browser.js'
import { chooseOffer, heading, redeemLink } from '../support/desk.js'
import { deskOf } from '../support/month.js'
import { png } from '../support/png.js'
import { startServer } from '../support/server.js'

const SUBJECT = '床垫中间塌了一块'
const PHOTO = { name: '塌陷.png', mimeType: 'image/png', buffer: png(320, 240, [120, 96, 80]) }
const ANOTHER = { name: '标签.png', mimeType: 'image/png', buffer: png(240, 320, [80, 110, 96]) }
const PROGRAM = { name: 'setup.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') }

describe('a complaint from a phone to the rating', () => {
  let server, browser, desk, phone, page, code, id

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    desk = await openPage(browser, server)
    await redeemLink(desk.page, `/setup#${server.setupToken}`, 'admin')
    phone = await openPage(browser, server, { viewport: PHONE, touch: true })
    page = phone.page
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  const deskCalls = () => deskOf(desk.page)
  const button = (name) => page.getByRole('button', { name })

  it('begins with what customers can bring in', async () => {
    await page.goto('/p')
    await heading(page).getByText('有什么可以帮您').waitFor()
    await page.getByText('晴川家居').waitFor()
    await page.getByRole('link', { name: /^投诉/ }).click()
    await heading(page).getByText('请说说发生了什么').waitFor()
  })

  it('says at the field what is missing', async () => {
    await button('提交').click()
    await page.getByText('请填写这一项').first().waitFor()
    await assertAccessible(page, 'what is missing')
    await picture(page, 'portal-missing')
  })

  it('keeps what was filled in over a reload, in this tab only', async () => {
    await page.getByText('产品', { exact: true }).click()
    await page.getByLabel('事由').fill(SUBJECT)
    await page.getByLabel('投诉内容').fill('用了不到两个月，中间塌下去一块。')
    await page.getByLabel('客户姓名').fill('温若兰')
    await page.getByRole('textbox', { name: '联系方式' }).fill('13800005171')
    await page.reload()
    await page.getByText('已恢复您上次填到一半的内容').waitFor()
    assert.equal(await page.getByLabel('事由').inputValue(), SUBJECT)
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('draft'))), [])
  })

  it('takes photos along, and says what goes with them', async () => {
    await page.getByText('文件会原样交给公司').waitFor()
    await page.getByText('拍照', { exact: true }).waitFor()
    await page.getByLabel('选择照片或文件').setInputFiles([PHOTO, PROGRAM])
    const chosen = page.getByRole('list', { name: '已选择' })
    await chosen.getByText('不接收这种类型的文件。').waitFor()
    await assertAccessible(page, 'chosen photos')
    await chosen.getByText(PHOTO.name).scrollIntoViewIfNeeded()
    await picture(page, 'portal-photos-chosen')
    await button(`移除 ${PROGRAM.name}`).click()
    assert.equal(await chosen.getByRole('listitem').count(), 1)
  })

  it('asks for consent before anything personal is sent', async () => {
    await button('提交').click()
    await page.getByText('请先同意，再提交').waitFor()
    await page.getByRole('checkbox').check()
  })

  it('makes one case although the connection was lost and the button was tapped again', async () => {
    await page.route('**/api/v1/portal/cases', async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await button('提交').click()
    await page.getByText('连不上服务器').waitFor()
    await page.unroute('**/api/v1/portal/cases')
    await button('提交').click()
    await heading(page).getByText('请保存查询码').waitFor()
    const { rows } = await deskCalls().get('/cases')
    assert.equal(rows.length, 1)
    id = rows[0].id
  })

  it('shows the receipt code, and no trace of it in the address', async () => {
    code = (await page.locator('.receipt__code').innerText()).trim()
    assert.match(code, /^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/)
    await page.getByText(/TS\S*000001/).waitFor()
    assert.ok(!page.url().includes(code))
    await assertAccessible(page, 'the receipt')
    await picture(page, 'portal-receipt')
    await button('我已保存').click()
    await heading(page).getByText(SUBJECT).waitFor()
    const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))
    assert.ok(!kept.includes(code) && !kept.includes(SUBJECT), kept)
  })

  it('stands on the list of the specialists, from the portal', async () => {
    await desk.page.goto('/cases?view=unclaimed')
    await desk.page.getByRole('link', { name: SUBJECT }).click()
    await heading(desk.page).getByText(SUBJECT).waitFor()
    await desk.page.getByText('客户门户提交').waitFor()
    await desk.page.getByText('客户本人').first().waitFor()
    await picture(desk.page, 'case-from-portal')
  })

  it('brings the photo to the desk, and tells the customer that it is there', async () => {
    await page.getByRole('list', { name: '已发送' }).getByText(PHOTO.name).waitFor()
    await desk.page.getByRole('region', { name: '附件' }).getByText(PHOTO.name).waitFor()
    await page.getByLabel('选择照片或文件').setInputFiles(ANOTHER)
    await page.getByRole('list', { name: '已发送' }).getByText(ANOTHER.name).waitFor()
    const attachments = desk.page.getByRole('region', { name: '附件' })
    const item = attachments.getByRole('listitem').filter({ hasText: ANOTHER.name })
    await item.getByText('客户').first().waitFor()
    await page.getByRole('list', { name: '已发送' }).scrollIntoViewIfNeeded()
    await assertAccessible(page, 'sent photos')
    await picture(page, 'portal-photos-sent')
    await attachments.scrollIntoViewIfNeeded()
    await picture(desk.page, 'case-photos-from-portal')
  })

  it('shows the desk at once what the customer adds', async () => {
    await button('补充情况').click()
    await page.getByLabel('补充内容').fill('照片上看得到塌陷。')
    await button('提交').click()
    await page.getByRole('region', { name: '往来记录' }).getByText('照片上看得到塌陷').waitFor()
    await desk.page.getByText('照片上看得到塌陷').first().waitFor()
  })

  it('shows the customer what is said to him, and nothing else', async () => {
    await chooseOffer(desk.page, '接收')
    await desk.page.locator('form.offer').getByRole('button', { name: '接收' }).click()
    await desk.page.getByText('已记录：接收').waitFor()
    const calls = deskCalls()
    await calls.command(id, 'acts/investigate', { fields: { findings: '内部结论：弹簧批次问题', nature: 'quality' } })
    await calls.command(id, 'acts/tell_progress', { fields: { text: '已安排师傅明天上门看。' } })
    const unit = (await calls.get('/units')).find(({ name }) => name === '客服部')
    await calls.command(id, 'dispatch', { unit: unit.id })
    await calls.command(id, 'accept', {})
    await calls.command(id, 'acts/file_measures', { fields: { cause: 'product', course: '上门', result: '换新' } })
    await calls.command(id, 'acts/answer', { fields: { text: '为您换一张新床垫，后天送到。' } })
    await button('刷新').click()
    await page.getByText('为您换一张新床垫').waitFor()
    await page.getByText('已安排师傅明天上门看').waitFor()
    const text = await page.locator('body').innerText()
    for (const secret of ['弹簧批次', '沈佳', '换新', '初步调查']) assert.ok(!text.includes(secret), secret)
    await picture(page, 'portal-case')
  })

  it('is rated by tapping a face', async () => {
    await button('评价').click()
    await page.getByText('满意', { exact: true }).click()
    await page.getByLabel('客户意见').fill('处理得很快')
    await assertAccessible(page, 'rating')
    await picture(page, 'portal-rating')
    await button('提交').click()
    await page.getByRole('region', { name: '往来记录' }).getByText('处理得很快').waitFor()
    await desk.page.getByText('处理得很快').first().waitFor()
  })

  it('looks good to everybody', async () => {
    const storageState = await phone.context.storageState()
    for (const look of LOOKS) {
      const visit = await openPage(browser, server, { ...look, storageState })
      for (const [name, path] of [
        ['home', '/p'],
        ['new', '/p/new/general/complaint'],
        ['enter', '/p/enter'],
        ['own', '/p/case'],
      ]) {
        await visit.page.goto(path)
        await visit.page.waitForLoadState('networkidle')
        await picture(visit.page, `portal-${name}-${look.name}`)
        await assertAccessible(visit.page, `portal ${name}, ${look.name}`)
      }
      assert.deepEqual(visit.complaints, [], look.name)
      await visit.context.close()
    }
  })

  it('is still whole with text twice as large', async () => {
    const visit = await openPage(browser, server, { viewport: PHONE, storageState: await phone.context.storageState() })
    await visit.page.goto('/p/case')
    await heading(visit.page).getByText(SUBJECT).waitFor()
    await visit.page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    await assertAccessible(visit.page, 'large text')
    await picture(visit.page, 'portal-case-large')
    await visit.context.close()
  })

  it('asks nobody but its own server for anything', async () => {
    const visit = await openPage(browser, server, { viewport: PHONE })
    const asked = []
    visit.page.on('request', (request) => asked.push(request.url()))
    await visit.page.goto('/p')
    await visit.page.waitForLoadState('networkidle')
    assert.deepEqual(asked.filter((url) => !url.startsWith(server.url)), [])
    await visit.context.close()
  })

  it('opens to a new code alone once the desk has issued one', async () => {
    await desk.page.reload()
    await desk.page.getByRole('button', { name: '补发查询码' }).click()
    await desk.page.getByRole('button', { name: '发出新的查询码' }).click()
    const fresh = (await desk.page.locator('.receipt__code').innerText()).trim()
    await button('刷新').click()
    await heading(page).getByText('查进度').waitFor()
    await page.getByLabel('查询码').fill(code.replace(/.$/, (last) => (last === '7' ? '8' : '7')))
    await button('查看').click()
    await page.getByText('查询码好像输错了').waitFor()
    await page.getByLabel('查询码').fill(code)
    await button('查看').click()
    await page.getByText('查询码不对').waitFor()
    await page.getByLabel('查询码').fill(fresh.toLowerCase().replaceAll('-', ' '))
    await button('查看').click()
    await heading(page).getByText(SUBJECT).waitFor()
  })

  it('never makes the browsers complain', () => {
    assert.deepEqual([phone.complaints, desk.complaints], [[], []])
  })
})
