import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, LOOKS, openPage, picture } from '../support/browser.js'
import { heading, PASSWORD, redeemLink } from '../support/desk.js'
import { anotherDesk, deskOf, liveThroughNovember } from '../support/month.js'
import { startServer } from '../support/server.js'

describe('duties over a year', () => {
  let server, browser, storageState

  before(async () => {
    server = await startServer()
    browser = await launchBrowser()
    const { page, context } = await openPage(browser, server)
    await redeemLink(page, `/setup#${server.setupToken}`, 'admin')
    await liveThroughNovember(page, server, 'admin')
    // December's inspection is half done in January, when the next ones are open as well.
    await server.setClock('2026-12-01T09:00:00+08:00')
    const desk = deskOf(page)
    await desk.post('/session', { login: 'admin', password: PASSWORD })
    const { duties } = await desk.get('/duties')
    const { case: inspection } = duties.find(({ duty }) => duty === 'inspection').periods[0]
    const { links } = await desk.get(`/cases/${inspection.id}`)
    const inspector = await anotherDesk(page, desk, { name: '林晓', login: 'linxiao', roles: ['supervisor'] })
    const which = links.find(({ link }) => link === 'sampled').id
    const fields = { which, effect: 's4', satisfaction: 's4', findings: '答复偏慢' }
    await inspector.command(inspection.id, 'acts/score_case', { fields })
    await server.setClock('2027-01-04T09:00:00+08:00')
    await desk.post('/session', { login: 'admin', password: PASSWORD })
    storageState = await context.storageState()
    await context.close()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  it('shows what is late, what is next and who answers, down to the case of a period', async () => {
    const { page, context, complaints } = await openPage(browser, server, { storageState })
    await page.goto('/cases')
    await page.getByRole('link', { name: '定期事项' }).first().focus()
    await page.keyboard.press('Enter')
    await heading(page).filter({ hasText: '定期事项' }).waitFor()
    const late = page.locator('.owed--late')
    await late.getByRole('link', { name: /质量检查 2026-11/ }).waitFor()
    assert.match(await page.locator('.owed--next').innerText(), /制度培训/)
    await page.getByRole('button', { name: '未来 12 个月' }).click()
    await page.waitForFunction(() => document.querySelectorAll('.grid thead th').length === 13)
    await page.getByRole('button', { name: '季', exact: true }).click()
    await page.getByText('2027年1月 至 2027年3月').waitFor()
    await page.getByRole('button', { name: '往前' }).click()
    await page.getByText('2026年10月 至 2026年12月').waitFor()
    await picture(page, 'duties-quarter')
    await page.getByRole('rowheader', { name: /质量检查/ }).getByRole('link').click()
    await heading(page).filter({ hasText: '质量检查' }).waitFor()
    await page.getByText(/1 \/ \d+ 件/).waitFor()
    await assertAccessible(page, 'one duty')
    await page.getByRole('region', { name: '历次办理' }).getByRole('link', { name: 'JC20260001' }).click()
    await heading(page).filter({ hasText: '质量检查 2026-11' }).waitFor()
    const sample = page.getByRole('region', { name: '关联案件' })
    await sample.getByText('4 分（好）').first().waitFor()
    await picture(page, 'duties-inspection')
    await assertAccessible(page, 'an inspection with its sample')
    await page.goto('/duties')
    await page.getByRole('listitem').filter({ hasText: '改进事项' }).getByRole('link', { name: /在办/ }).click()
    await heading(page).filter({ hasText: '全部案件' }).waitFor()
    assert.match(page.url(), /kind=improvement/)
    assert.deepEqual(complaints, [])
    await context.close()
  })

  for (const look of LOOKS) {
    it(`looks well, ${look.name}`, async () => {
      const { page, context, complaints } = await openPage(browser, server, { ...look, storageState })
      for (const [name, path] of [
        ['duties', '/duties?month=2026-12'],
        ['duty', '/duties/general/inspection'],
      ]) {
        await page.goto(path)
        await heading(page).waitFor()
        await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .skeleton') === null)
        await picture(page, `${name}-${look.name}`)
        await assertAccessible(page, `${name}, ${look.name}`)
      }
      assert.deepEqual(complaints, [])
      await context.close()
    })
  }
})
