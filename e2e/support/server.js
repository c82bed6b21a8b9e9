import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDatabase } from './database.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The server under test; `HUIYIN_BIN` names another build. */
const BINARY = process.env.HUIYIN_BIN ?? join(ROOT, 'target/debug/huiyin')

const START_MS_MAX = 30_000
const STOP_MS_MAX = 10_000

/** A small organisation without cases: a story brings its own. */
const ORGANISATION = join(ROOT, 'crates/testkit/organisation.yaml')

/** A Saturday morning in the calendar's zone: countdowns and texts are the same at every run. */
export const START_OF_STORIES = '2026-11-21T09:00:00+08:00'

/** A policy that asks for attempts to reach the customer. */
export const CALLS = join(ROOT, 'crates/testkit/src/policies/calls')

/** A policy whose forms are settled by sheets. */
export const DAMAGES = join(ROOT, 'crates/testkit/src/policies/damages')

/**
 * Starts a server on a free port with an empty data directory and a clock that stands until it is set.
 * Resolves once it listens, with its address and the token of the first administrator's link. A story may bring an
 * organisation, and a policy instead of the general one.
 */
export async function startServer({ organisation = ORGANISATION, policy } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'huiyin-e2e-'))
  const database = await startDatabase()
  const server = await serve(data, database, ['--organisation', organisation, ...(policy === undefined ? [] : ['--policy', policy])])
  const setupToken = await server.printed.waitFor(/\/setup#([^\s"]+)/, START_MS_MAX)
  await server.answers()
  return { ...server.desk, setupToken }
}

/** A process on a data directory and a database, which go with its last server. */
async function serve(data, database, options) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const listen = ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--test-clock', START_OF_STORIES]
  const env = { ...process.env, ...database.env }
  const child = spawn(BINARY, [...listen, ...options], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env })
  const printed = collect(child)
  const desk = {
    url,
    printed: printed.text,
    /** Sets the server's clock. */
    async setClock(now) {
      const response = await fetch(`${url}/api/v1/test/clock`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
        body: JSON.stringify({ now }),
      })
      if (!response.ok) throw new Error(`the clock was not set: ${response.status} ${await response.text()}`)
    },
    /** Stops it, and starts one that only reads on the same data. */
    async restartReading() {
      await ended(child)
      const reading = await serve(data, database, ['--read-only'])
      await reading.answers()
      return reading.desk
    },
    async stop() {
      await ended(child)
      await database.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
  return { desk, printed, answers: () => answers(`${url}/api/v1/ready`, START_MS_MAX) }
}

/** Keeps what a process prints and lets one wait for a pattern; resolves with its first group. */
function collect(child) {
  let text = ''
  let check = () => {}
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
      check()
    })
  }
  const waitFor = (pattern, milliseconds) =>
    new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`${why}; the server printed:\n${text}`))
      const timer = setTimeout(() => fail(`no ${pattern} within ${milliseconds} ms`), milliseconds)
      child.once('error', (cause) => fail(`${BINARY} does not start (${cause.message}); build it or set HUIYIN_BIN`))
      child.once('exit', (code) => fail(`the server ended with ${code}`))
      check = () => {
        const found = pattern.exec(text)
        if (found === null) return
        clearTimeout(timer)
        resolve(found[1])
      }
      check()
    })
  return { waitFor, text: () => text }
}

async function answers(url, milliseconds) {
  const deadline = Date.now() + milliseconds
  for (;;) {
    const ready = await fetch(url).then((response) => response.ok, () => false)
    if (ready) return
    if (Date.now() > deadline) throw new Error(`${url} does not answer`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function ended(child) {
  if (child.exitCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX)
    child.once('exit', () => {
      clearTimeout(force)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
