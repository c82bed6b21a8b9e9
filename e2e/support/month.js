import { PASSWORD } from './desk.js'

/** How many working days each inquiry waits for its reply, from Saturday 21 November on; null: it is not replied to. */
const REPLIED_AFTER = [0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 1, 4, 5, 2, 1, null, 3, 2]
const NATURES = ['question', 'opinion', 'question', 'suggestion', 'question']
const SATISFIED = ['satisfied', 'satisfied', 'fair', 'satisfied', 'dissatisfied', 'unreachable', null]
const CAUSES = ['staff', 'product', 'process', 'product', 'information', 'product', 'staff', 'outside', 'product']
/** A specialist who sees every case. */
const COLLEAGUE = { name: '徐冰', login: 'xubing', roles: ['supervisor'] }
/** The working days of the rest of the month. */
const DAYS = ['21', '23', '24', '25', '26', '27', '30']

/**
 * Lives through the last days of November at one desk: inquiries are replied to and closed, some too late, and complaints
 * are investigated, dispatched and closed. Ends on the last day, signed in.
 */
export async function liveThroughNovember(page, server, login) {
  const desk = deskOf(page)
  const colleague = await anotherDesk(page, desk, COLLEAGUE)
  const units = await desk.get('/units')
  const named = (name) => units.find((unit) => unit.name === name)
  const departments = ['安装维修部', '产品质量部'].map(named)
  const inquiries = []
  for (const [index, days] of REPLIED_AFTER.entries()) {
    const { id } = await desk.post('/cases', inquiry(index))
    inquiries.push({ id, days, index })
    if (index % 5 === 1) {
      await desk.command(id, 'transfer', { unit: departments[0].id, reason: '由部门答复' })
      await desk.command(id, 'acts/tell_transfer', { fields: { text: '已转安装维修部答复您' } })
    }
  }
  const complaints = []
  for (const [index, cause] of CAUSES.entries()) {
    const { id } = await desk.post('/cases', complaint(index))
    await desk.command(id, 'acts/investigate', { fields: { findings: '已向客户和门店了解情况', nature: 'quality' } })
    if (index < 7) await desk.command(id, 'acts/tell_progress', { fields: { text: '已受理，正在调查' } })
    // Every third one stays with a department; the others are handled by the desk itself.
    await desk.command(id, 'dispatch', { unit: (index % 3 === 0 ? departments[index % 2] : named('客服部')).id })
    complaints.push({ id, cause, index })
  }
  for (const [working, day] of DAYS.entries()) {
    await server.setClock(`2026-11-${day}T1${working % 6}:00:00+08:00`)
    await desk.post('/session', { login, password: PASSWORD })
    await colleague.post('/session', { login: COLLEAGUE.login, password: PASSWORD })
    for (const { id, index } of inquiries.filter(({ days }) => days === working)) await closeInquiry(desk, colleague, id, index)
    for (const one of complaints.filter(({ index }) => index % 3 !== 0 && index % DAYS.length === working)) await closeComplaint(desk, colleague, one)
  }
}

/** A desk of somebody else: who replied or handled a case doesn't ask how satisfied the customer is, and doesn't rate it. */
export async function anotherDesk(page, desk, { name, login, roles }) {
  const person = (await desk.get('/people')).find((one) => one.name === name)
  const { link } = await desk.post(`/people/${person.id}/invitation`, { roles })
  const context = await page.context().browser().newContext()
  const other = await context.newPage()
  await other.goto(new URL('/sign-in', page.url()).href)
  const colleague = deskOf(other)
  await colleague.post('/invitations/accept', { token: link.split('#')[1], login, password: PASSWORD })
  return colleague
}

async function closeComplaint(desk, colleague, { id, cause, index }) {
  await desk.command(id, 'accept', {})
  await desk.command(id, 'acts/file_measures', { fields: { cause, course: '上门重新安装', result: '门已合上' } })
  await desk.command(id, 'acts/answer', { fields: { text: '师傅已重新安装，门可以正常关上。' } })
  if (index >= 7) await desk.command(id, 'acts/tell_progress', { fields: { text: '已处理完' } })
  const satisfaction = SATISFIED.filter((one) => one !== 'dissatisfied')[index % 6]
  if (satisfaction !== null) await colleague.command(id, 'acts/ask_satisfaction', { fields: { satisfaction } })
  await desk.command(id, 'close', {})
}

async function closeInquiry(desk, colleague, id, index) {
  await desk.command(id, 'acts/answer', { fields: { text: '周末营业到九点。' } })
  const satisfaction = SATISFIED[index % SATISFIED.length]
  if (satisfaction !== null) await colleague.command(id, 'acts/ask_satisfaction', { fields: { satisfaction } })
  await desk.command(id, 'close', {})
}

function inquiry(index) {
  const nature = NATURES[index % NATURES.length]
  const fields = { nature, subject: `门店周末几点关门（${index + 1}）`, content: '周末想带家人来看沙发，几点关门？', other_unit: index % 5 === 1 }
  return { policy: 'general', kind: 'inquiry', channel: 'phone', fields }
}

function complaint(index) {
  const about = ['product', 'service', 'behaviour'][index % 3]
  const fields = { about, subject: `衣柜门合不上（${index + 1}）`, content: '安装后右边的门一直合不拢。', customer_name: '王秀兰', contact: '13800132207' }
  return { policy: 'general', kind: 'complaint', channel: 'phone', fields }
}

/** The API as the person signed in on `page` uses it. */
export function deskOf(page) {
  const call = (method, path, body, headers = {}) =>
    page.evaluate(
      async ([method, path, body, headers]) => {
        const json = body === undefined ? {} : { body: JSON.stringify(body) }
        const all = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), ...headers }
        const response = await fetch(`/api/v1${path}`, { method, headers: all, ...json })
        const text = await response.text()
        if (!response.ok) throw new Error(`${method} ${path}: ${text}`)
        return { etag: response.headers.get('ETag'), body: text === '' ? undefined : JSON.parse(text) }
      },
      [method, path, body, headers],
    )
  return {
    get: async (path) => (await call('GET', path)).body,
    post: async (path, body) => (await call('POST', path, body)).body,
    async command(id, command, body) {
      const { etag } = await call('GET', `/cases/${id}`)
      return (await call('POST', `/cases/${id}/${command}`, body, { 'If-Match': etag })).body
    },
  }
}
