import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, LOOKS, openPage, PHONE, picture } from '../support/browser.js'
import { redeemLink } from '../support/desk.js'
import { startServer } from '../support/server.js'

const POLICY = fileURLToPath(new URL('../../policies/retail', import.meta.url))
const ORGANISATION = fileURLToPath(new URL('../support/brand.yaml', import.meta.url))

/** What the store has registered. */
const COMPLAINTS = [
  ['沙发扶手开裂', '沙发用了两个月，左边扶手的皮面开裂，一直没人来修。', '13800000001'],
  ['送货晚了三天', '说好周三送到，晚了三天，师傅态度也生硬。', '13800000002'],
  ['餐桌晃动', '新买的餐桌四条腿不平，放碗都会晃。', '13800000003'],
]

/** Registers a case as the person signed in on `page`, and gives its id. */
function register(page, kind, channel, fields) {
  return page.evaluate(
    async (body) => {
      const store = (await (await fetch('/api/v1/units')).json()).find((unit) => unit.name === '一店').id
      const named = kind(body.kind) ? { responsible: store } : { store }
      const response = await fetch('/api/v1/cases', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
        body: JSON.stringify({ ...body, fields: { ...body.fields, ...named } }),
      })
      if (!response.ok) throw new Error(await response.text())
      return (await response.json()).id

      function kind(name) {
        return name === 'complaint'
      }
    },
    { policy: 'retail', kind, channel, fields },
  )
}

describe('an opinion book compared with the system', () => {
  let server, browser, page, context, policy, address

  before(async () => {
    policy = mkdtempSync(join(tmpdir(), 'huiyin-policy-'))
    cpSync(POLICY, policy, { recursive: true })
    writeFileSync(join(policy, 'adoption.yaml'), 'set:\n  revisit_limit: 30 days\n')
    server = await startServer({ organisation: ORGANISATION, policy })
    browser = await launchBrowser()
    ;({ page, context } = await openPage(browser, server))
    await redeemLink(page, `/setup#${server.setupToken}`, 'admin')
    for (const [subject, content, contact] of COMPLAINTS) {
      const customer = { customer_name: '张三', contact, class: 'other', market: 'home', ignored: false }
      await register(page, 'complaint', 'counter', { ...customer, subject, content })
    }
    const days = { subject: '一店意见簿', from: '2026-11-01', to: '2026-11-30' }
    const check = await register(page, 'book_check', 'internal', days)
    address = `/cases/${check}`
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
    if (policy !== undefined) rmSync(policy, { recursive: true, force: true })
  })

  const book = () => page.getByRole('region', { name: '意见簿核对 · 一店' })
  const form = () => book().locator('form').filter({ has: page.getByLabel('日期') })
  const entry = (number) => book().getByRole('listitem').filter({ has: page.getByRole('heading', { name: `第 ${number} 条`, exact: true }) })

  /** Takes an entry of the book down. */
  async function takeDown(number, day, text, more = {}) {
    const on = form().getByLabel('日期')
    await on.fill(day)
    await on.press('Tab')
    for (const [label, value] of Object.entries({ 内容: text, ...more })) await form().getByLabel(label).fill(value)
    await form().getByRole('button', { name: '录入意见簿条目' }).click()
    await entry(number).waitFor()
  }

  it('is taken down entry by entry, each beside what it is likely to be about', async () => {
    await page.goto(address)
    await book().getByText('还没有录入', { exact: false }).waitFor()
    await picture(page, 'book-empty')
    await takeDown(1, '2026-11-20', '沙发左边扶手皮面开裂，没人来修')
    await takeDown(2, '2026-11-21', '桌子晃', { 联系方式: '138 0000 0003' })
    await takeDown(3, '2026-11-21', '衣柜门掉下来砸了脚，店里说不归他们管')
    await takeDown(4, '2026-11-21', '店员很热情')
    await entry(1).getByText('内容相近', { exact: false }).first().waitFor()
    await entry(2).getByText('联系方式相同').waitFor()
    const beside = await entry(2).getByRole('listitem').first().innerText()
    assert.ok(beside.includes('餐桌四条腿不平'), beside)
    assert.ok(!beside.includes('内容相近'), 'the two texts have little in common')
    assert.ok(!beside.includes('核对开始后才登记'), beside)
    await book().getByText('未认定 4').waitFor()
    await assertAccessible(page, 'a book to be decided on')
    await book().getByRole('heading', { level: 2 }).scrollIntoViewIfNeeded()
    await picture(page, 'book-undecided')
  })

  it('is decided on by one tap for each entry', async () => {
    await entry(1).getByRole('button', { name: /^就是这件：第 1 条/ }).first().click()
    await book().getByText('系统里有 1').waitFor()
    await entry(2).getByRole('button', { name: /^就是这件：第 2 条/ }).first().click()
    await book().getByText('系统里有 2').waitFor()
    await entry(4).getByRole('button', { name: '第 4 条：不是投诉' }).click()
    await book().getByText('其他 1').waitFor()
    await entry(3).getByRole('button', { name: '第 3 条：系统里没有' }).click()
    await book().getByText('系统里没有 1').waitFor()
    assert.equal(await book().getByText('未认定', { exact: false }).count(), 0)
    const first = await book().getByRole('heading', { level: 3 }).first().innerText()
    assert.equal(first, '第 3 条', 'what is missing comes first')
    await book().getByText('系统里有、簿上没有（1）').click()
    await book().getByText('送货晚了三天').waitFor()
    await assertAccessible(page, 'a book that is decided on')
    await picture(page, 'book-decided')
  })

  it('lets a decision be taken anew, also by a number', async () => {
    await entry(4).getByRole('button', { name: '重新认定第 4 条' }).click()
    await entry(4).getByRole('button', { name: '另填编号' }).click()
    await entry(4).getByLabel('案件编号').fill('999999')
    await entry(4).getByRole('button', { name: '认定为这件' }).click()
    await entry(4).getByText('没有找到你能看到的这个编号的案件。').waitFor()
    await entry(4).getByLabel('案件编号').fill('261102')
    await entry(4).getByRole('button', { name: '认定为这件' }).click()
    await entry(4).getByRole('link', { name: '261102' }).waitFor()
    await book().getByText('系统里有 3').waitFor()
    const record = page.getByRole('region', { name: '办理记录' })
    await record.getByText('261102 送货晚了三天').first().waitFor()
  })

  it('looks the same in every look', async () => {
    await entry(4).getByRole('button', { name: '重新认定第 4 条' }).click()
    await page.setViewportSize(PHONE)
    await entry(4).getByRole('button', { name: '第 4 条：系统里没有' }).scrollIntoViewIfNeeded()
    await assertAccessible(page, 'an entry decided on anew, on a phone')
    await picture(page, 'book-phone-again')
    const storageState = await context.storageState()
    for (const { name, ...look } of LOOKS) {
      const opened = await openPage(browser, server, { ...look, storageState })
      await opened.page.goto(address)
      await opened.page.locator('.book .entry').first().waitFor()
      await picture(opened.page, `book-${name}`)
      await assertAccessible(opened.page, `a book, ${name}`)
      assert.deepEqual(opened.complaints, [])
      await opened.context.close()
    }
  })
})
