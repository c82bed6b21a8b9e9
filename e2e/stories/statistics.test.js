import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, LOOKS, openPage, picture } from '../support/browser.js'
import { heading, redeemLink } from '../support/desk.js'
import { liveThroughNovember } from '../support/month.js'
import { startServer } from '../support/server.js'

describe('the statistics of a month', () => {
  let server, browser, storageState

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    const { page, context } = await openPage(browser, server)
    await redeemLink(page, `/setup#${server.setupToken}`, 'admin')
    await liveThroughNovember(page, server, 'admin')
    storageState = await context.storageState()
    await context.close()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  it('leads from every figure to as many cases', async () => {
    const { page, context, complaints } = await openPage(browser, server, { storageState })
    await page.goto('/statistics?period=2026-11&policy=general&kind=inquiry')
    await heading(page).filter({ hasText: '咨询统计' }).waitFor()
    await page.locator('.key').waitFor()
    const links = await page.locator('main a[href*="measure="]').evaluateAll((links) =>
      links.map((link) => ({ href: link.getAttribute('href'), text: link.innerText, name: link.getAttribute('aria-label') ?? link.innerText })),
    )
    assert.ok(links.length > 20, `${links.length} figures`)
    for (const { href, text, name } of links) {
      const shown = Number(/(\d+)\s*件/.exec(name)?.[1] ?? text.trim())
      await page.goto(href)
      await page.locator('.counted').waitFor()
      await page.locator('.table__grid tbody tr').first().waitFor()
      assert.equal(await page.locator('.table__grid tbody tr').count(), shown, `${name}: ${href}`)
    }
    await picture(page, 'statistics-cases')
    await assertAccessible(page, 'the cases behind a figure')
    await page.getByRole('link', { name: '返回统计' }).click()
    await heading(page).filter({ hasText: '咨询统计' }).waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  it('gives out the cases behind a figure as they are listed', async () => {
    const { page, context, complaints } = await openPage(browser, server, { storageState })
    await page.goto('/cases?policy=general&kind=complaint&measure=closed&first=2026-11-01&last=2026-11-30')
    await page.locator('.table__grid tbody tr').first().waitFor()
    const listed = await page.locator('.table__grid tbody tr .mono').allInnerTexts()
    assert.ok(listed.length > 2, `${listed.length} cases`)
    await page.getByText('导出', { exact: true }).focus()
    await page.keyboard.press('Enter')
    await picture(page, 'export-menu')
    await assertAccessible(page, 'the menu of exports')
    for (const [set, format] of [
      ['列表各列', 'csv'],
      ['完整内容', 'csv'],
      ['完整内容', 'jsonl'],
      ['完整内容', 'xlsx'],
    ]) {
      const link = page.getByRole('list', { name: set }).getByRole('link', { name: new RegExp(`\\.${format}`) })
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
      assert.match(download.suggestedFilename(), new RegExp(`^cases-2026-11-30\\.${format}$`))
      const text = await textOf(download)
      if (format === 'xlsx') {
        assert.ok(text.startsWith('PK'), 'a workbook')
        continue
      }
      for (const number of listed) assert.ok(text.includes(number), `${set} ${format} has ${number}`)
      const lines = text.trimEnd().split('\n').length
      assert.equal(lines, listed.length + (format === 'csv' ? 1 : 0), `${set} ${format}`)
      assert.equal(text.includes('满意度') || text.includes('follow_up.satisfaction'), set === '完整内容', `${set} ${format}`)
      assert.ok(!text.includes('13800132207'), 'nothing personal is taken out')
    }
    assert.deepEqual(complaints, [])
    await context.close()
  })

  it('is gone through with the keyboard, kind by kind and month by month', async () => {
    const { page, context } = await openPage(browser, server, { storageState })
    await page.goto('/cases')
    await page.getByRole('link', { name: '统计' }).first().focus()
    await page.keyboard.press('Enter')
    await heading(page).filter({ hasText: '咨询统计' }).waitFor()
    await page.getByRole('button', { name: '投诉' }).focus()
    await page.keyboard.press('Enter')
    await heading(page).filter({ hasText: '投诉统计' }).waitFor()
    await page.getByRole('button', { name: '往前' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('这段时间没有案件').waitFor()
    assert.match(page.url(), /period=2026-10/)
    await context.close()
  })

  it('is about a quarter or a year as well', async () => {
    const { page, context, complaints } = await openPage(browser, server, { storageState })
    await page.goto('/statistics?period=2026-11&policy=general&kind=complaint')
    await page.locator('.key').waitFor()
    await page.getByLabel('统计期长短').selectOption({ label: '季度' })
    await page.getByText('2026年第4季度').first().waitFor()
    assert.match(page.url(), /period=2026-Q4/)
    await page.getByText('上季度 0').first().waitFor()
    await page.getByLabel('统计期长短').selectOption({ label: '年' })
    await page.getByText('上年 0').first().waitFor()
    const opened = page.locator('.key__card').first().getByRole('link')
    const shown = Number((await opened.innerText()).trim())
    await opened.click()
    await page.locator('.counted').filter({ hasText: '2026年' }).waitFor()
    assert.equal(await page.locator('.table__grid tbody tr').count(), shown)
    await page.getByRole('link', { name: '返回统计' }).click()
    await page.getByText('上年 0').first().waitFor()
    assert.deepEqual(complaints, [])
    await context.close()
  })

  it('has the reports of the policies, each with the cases behind it, on paper and to take along', async () => {
    const { page, context, complaints } = await openPage(browser, server, { storageState })
    await page.goto('/statistics')
    await page.getByRole('link', { name: '报表' }).first().click()
    await heading(page).filter({ hasText: '报表' }).waitFor()
    await page.getByRole('link', { name: '2026年10月' }).first().waitFor()
    await page.getByRole('link', { name: '投诉月报' }).click()
    await heading(page).filter({ hasText: '投诉月报' }).waitFor()
    assert.match(await page.locator('.report__period').innerText(), /2026年10月.*2026-10-01 至 2026-10-31/)
    await page.getByRole('button', { name: '往后' }).click()
    await page.getByText('这个统计期还没有结束').waitFor()
    const opened = page.getByRole('link', { name: /^全部 受理/ })
    const shown = Number((await opened.innerText()).trim())
    assert.equal(shown, 9)
    await page.getByText('导出', { exact: true }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /\.csv/ }).click()])
    assert.equal(download.suggestedFilename(), 'monthly_complaints-2026-11.csv')
    assert.match(await textOf(download), /"投诉","全部","受理","","9"/)
    await opened.click()
    await page.locator('.counted').waitFor()
    assert.equal(await page.locator('.table__grid tbody tr').count(), shown)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  for (const look of LOOKS) {
    it(`looks well, ${look.name}`, async () => {
      const { page, context, complaints } = await openPage(browser, server, { ...look, storageState })
      for (const kind of ['inquiry', 'complaint']) {
        await page.goto(`/statistics?period=2026-11&policy=general&kind=${kind}`)
        await page.locator('.key').waitFor()
        await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
        await picture(page, `statistics-${kind}-${look.name}`)
        await assertAccessible(page, `statistics of ${kind}, ${look.name}`)
      }
      await page.goto('/reports')
      await page.locator('a[href="/reports/general/monthly_complaints"]').waitFor()
      await picture(page, `reports-${look.name}`)
      await assertAccessible(page, `reports, ${look.name}`)
      await page.goto('/reports/general/monthly_complaints?period=2026-11')
      await page.locator('.figures__all a').first().waitFor()
      await picture(page, `report-${look.name}`)
      await assertAccessible(page, `a report, ${look.name}`)
      assert.deepEqual(complaints, [])
      await context.close()
    })
  }
})

/** What was downloaded, byte by byte as text. */
async function textOf(download) {
  const chunks = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
