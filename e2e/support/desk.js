/** What people do at the desk, by the words they see on it. */

export const PASSWORD = '每一件都有回音，件件有着落'

/** Opens a one-time link and chooses login and password. */
export async function redeemLink(page, path, login) {
  await page.goto(path)
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByLabel('再输一次密码').fill(PASSWORD)
  await page.getByRole('button', { name: '创建账户并登录' }).click()
  await arriveAtWorkList(page)
}

/** Waits for the work list; what the page says instead is the reason of the failure. */
export async function arriveAtWorkList(page) {
  try {
    await page.getByRole('heading', { level: 1, name: '我的待办' }).waitFor()
  } catch (cause) {
    throw new Error(`no work list, but: ${await page.locator('body').innerText()}`, { cause })
  }
}

export async function signIn(page, login, password = PASSWORD) {
  await page.goto('/sign-in')
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** Fills the fields of a form by their labels; what the form doesn't have is an error. */
export async function fill(page, values) {
  for (const [label, value] of Object.entries(values)) {
    await page.getByLabel(label, { exact: false }).first().fill(value)
  }
}

/**
 * Opens the form of something that can be done now on the case shown. What comes next opens by itself once the page has
 * heard of the last command; a click at that very moment closes it, so it is looked at again.
 */
export async function chooseOffer(page, title) {
  const offers = page.getByRole('region', { name: '现在可以办理' })
  const tab = offers.getByRole('button', { name: title, exact: true }).and(page.locator('[aria-expanded]'))
  while ((await tab.getAttribute('aria-expanded')) === 'false') await tab.click()
}

/** Picks from a list that is searched by typing: a unit, a person, a category. */
export async function chooseFrom(page, label, text) {
  await page.getByRole('combobox', { name: label }).fill(text)
  await page.getByRole('option').filter({ hasText: text }).first().click()
}

/** The heading of the page. */
export function heading(page) {
  return page.getByRole('heading', { level: 1 })
}
