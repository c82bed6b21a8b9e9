import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertAccessible } from '../support/accessibility.js'
import { launchBrowser, openPage, PHONE, picture } from '../support/browser.js'
import { arriveAtWorkList, chooseOffer, redeemLink, signIn } from '../support/desk.js'
import { CALLS, startServer } from '../support/server.js'

describe('a customer who can not be reached', () => {
  let server, browser, page, complaints, address

  before(async () => {
    server = await startServer({ policy: CALLS })
    browser = await launchBrowser()
    const opened = await openPage(browser, server)
    page = opened.page
    complaints = opened.complaints
    await redeemLink(page, `/setup#${server.setupToken}`, 'admin')
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  const panel = () => page.getByRole('region', { name: '联系客户' })
  const record = () => page.getByRole('region', { name: '办理记录' })

  /** Opens the case at a later time; the session of before has ended by then. */
  async function openAt(now) {
    await server.setClock(now)
    await signIn(page, 'admin')
    await arriveAtWorkList(page)
    await page.goto(address)
    await panel().waitFor()
  }

  async function tryAt(now) {
    await openAt(now)
    await chooseOffer(page, '联系')
    await page.getByRole('radio', { name: '未联系上', exact: true }).check()
    await page.getByRole('radio', { name: '未联系上', exact: true }).press('Control+Enter')
  }

  it('is to be tried on the next working day', async () => {
    await page.goto('/cases/new')
    await page.getByLabel('事由').fill('营业时间')
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await panel().waitFor()
    address = page.url()
    await panel().getByText('已定下一次').waitFor()
    await panel().getByText('11/23 周一 08:00').waitFor()
  })

  it('has one attempt that counts, and one that came too soon with the reason', async () => {
    await tryAt('2026-11-23T09:00:00+08:00')
    await record().getByText('计次数', { exact: true }).waitFor()
    await tryAt('2026-11-23T09:30:00+08:00')
    await record().getByText('不计次数', { exact: true }).waitFor()
    await record().getByText('距上一次有效联系太近').waitFor()
    await panel().getByText('1 次').first().waitFor()
    await assertAccessible(page)
    await picture(page, 'contacts-desktop')
  })

  it('fits a phone, and is said to be owed on the next morning', async () => {
    await openAt('2026-11-24T08:30:00+08:00')
    await page.setViewportSize(PHONE)
    await panel().getByText('现在该联系').waitFor()
    await panel().scrollIntoViewIfNeeded()
    await assertAccessible(page)
    await picture(page, 'contacts-phone')
    assert.deepEqual(complaints, [])
  })

  it('can be read in the dark', async () => {
    const storageState = await page.context().storageState()
    const dark = await openPage(browser, server, { theme: 'dark', storageState })
    await dark.page.goto(address)
    await dark.page.getByRole('region', { name: '联系客户' }).waitFor()
    await assertAccessible(dark.page)
    await picture(dark.page, 'contacts-dark')
  })
})
