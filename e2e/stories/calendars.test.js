import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, LOOKS, openPage, picture } from '../support/browser.js'
import { heading, redeemLink } from '../support/desk.js'
import { deskOf } from '../support/month.js'
import { startServer } from '../support/server.js'

const COMPLAINT = {
  policy: 'general',
  kind: 'complaint',
  channel: 'phone',
  fields: { about: 'product', subject: '衣柜门合不上', content: '右边的门一直合不拢。', customer_name: '王秀兰', contact: '13800132207' },
}

/** A new year's arrangement, and a day off of the company's own that a running limit has to step over. */
const YEAR = {
  holidays: [
    { date: '2026-11-25', name: '厂庆' },
    { from: '2027-01-01', to: '2027-01-03', name: '元旦' },
    { from: '2027-02-05', to: '2027-02-11', name: '春节' },
  ],
  makeup: [{ date: '2027-02-14', name: '春节' }],
  published_years: [2027, 2027],
}

describe('a new year of the calendar', () => {
  let server, browser, admin, folder, complaint

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    folder = mkdtempSync(join(tmpdir(), 'huiyin-calendar-'))
    admin = await openPage(browser, server)
    await redeemLink(admin.page, `/setup#${server.setupToken}`, 'admin')
    complaint = (await deskOf(admin.page).post('/cases', COMPLAINT)).id
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  function file(name, content) {
    const path = join(folder, name)
    writeFileSync(path, JSON.stringify(content))
    return path
  }

  async function choose(page, path) {
    await page.getByLabel('选择文件', { exact: true }).setInputFiles(path)
    await page.getByRole('button', { name: '查看变化' }).click()
  }

  it('is missed on the page of policies, in time', async () => {
    const { page } = admin
    await page.goto('/policies')
    const own = page.getByRole('article', { name: '本单位日历' })
    await own.getByText('还没有 2027 年的安排').waitFor()
    for (const look of LOOKS.filter(({ language }) => language === 'zh-CN')) {
      const visit = await openPage(browser, server, { ...look, storageState: await admin.context.storageState() })
      await visit.page.goto('/policies')
      await heading(visit.page).waitFor()
      await visit.page.getByText('还没有 2027 年的安排').waitFor()
      await visit.page.screenshot({ path: fileURLToPath(new URL(`../shots/calendars-${look.name}.png`, import.meta.url)), fullPage: true })
      await assertAccessible(visit.page, `calendars, ${look.name}`)
      assert.deepEqual(visit.complaints, [])
      await visit.context.close()
    }
  })

  it('is refused with everything that is wrong in its file', async () => {
    const { page } = admin
    await page.getByRole('button', { name: '载入日历' }).click()
    await choose(page, file('wrong.json', { holidays: ['2027-02-30', '2027-13-01'], published: [2027, 2027] }))
    await page.getByText('“2027-02-30”不是日期').waitFor()
    await page.getByText('published：没有这一项').waitFor()
    await picture(page, 'calendar-faulty')
    await assertAccessible(page, 'a faulty calendar file')
  })

  it('shows what changes before it counts, and reaches the limits that run', async () => {
    const { page } = admin
    await choose(page, file('2027.json', YEAR))
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2027-01-01').waitFor()
    await dialog.getByText('在办时限：0 个提前，1 个推后').waitFor()
    await picture(page, 'calendar-changes')
    await assertAccessible(page, 'what a calendar changes')
    await dialog.getByRole('button', { name: '确认载入' }).click()
    await dialog.waitFor({ state: 'detached' })
    const own = page.getByRole('article', { name: '本单位日历' })
    await own.getByText('第 1 版').first().waitFor()
    await own.getByText('载入记录（1）').click()
    await own.getByText('沈佳于').waitFor()
    await picture(page, 'calendar-loaded')
    await assertAccessible(page, 'a calendar with its versions')
    await page.goto(`/cases/${complaint}`)
    await page.getByText('“答复时限”按新的日历重算').waitFor()
    await picture(page, 'calendar-recomputed')
    await assertAccessible(page, 'a case whose clock was computed again')
  })
})
