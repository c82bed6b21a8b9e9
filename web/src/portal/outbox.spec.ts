import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api, type OwnCase, Refused } from './api'
import { again, becomeCase, choose, drop, emptyOutbox, openOutbox, outbox, sendAll } from './outbox'

const TAKEN = { count_max: 3, bytes_max: 5, extensions: ['png'] }
const photo = (name: string, bytes = 'abc') => new File([bytes], name)
const states = () => outbox.value.map((one) => one.state)

beforeEach(() => {
  vi.restoreAllMocks()
  openOutbox('draft')
  emptyOutbox()
})

describe('chosen files', () => {
  it('are judged before anything is sent, and no more are taken than there is room for', () => {
    choose([photo('a.exe'), photo('b.png', ''), photo('c.png', 'too big'), photo('d.png'), photo('e.png')], TAKEN, 1)
    expect(outbox.value.map((one) => one.why)).toEqual(['typeNotTaken', 'empty', 'tooBig', undefined, 'tooMany'])
  })

  it('wait for the case they are chosen for, and then go one after the other', async () => {
    const sent = vi.spyOn(api, 'sendFile').mockResolvedValue({} as OwnCase)
    choose([photo('a.png'), photo('b.png')], TAKEN, 3)
    await sendAll()
    expect(sent).not.toHaveBeenCalled()
    becomeCase()
    await sendAll()
    expect(sent.mock.calls.map(([file]) => file.name)).toEqual(['a.png', 'b.png'])
    expect(outbox.value).toEqual([])
  })

  it('go to no other case than theirs', () => {
    choose([photo('a.png')], TAKEN, 3)
    openOutbox('case')
    expect(outbox.value).toEqual([])
  })

  it('are kept when they fail, and sent again under the same key', async () => {
    const sent = vi.spyOn(api, 'sendFile').mockRejectedValueOnce(new Refused({}))
    choose([photo('a.png')], TAKEN, 3)
    becomeCase()
    await sendAll()
    expect(states()).toEqual(['failed'])
    const [one] = outbox.value
    sent.mockResolvedValue({} as OwnCase)
    again(one?.key ?? '')
    await vi.waitFor(() => expect(outbox.value).toEqual([]))
    expect(new Set(sent.mock.calls.map(([, key]) => key)).size).toBe(1)
  })

  it('can be left out', () => {
    choose([photo('a.png'), photo('b.png')], TAKEN, 3)
    drop(outbox.value[0]?.key ?? '')
    expect(outbox.value.map((one) => one.file.name)).toEqual(['b.png'])
  })
})
