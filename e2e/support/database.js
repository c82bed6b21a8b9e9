import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Starts a PostgreSQL server with an empty database; `HUIYIN_POSTGRES_BIN` names another build. */
const PROGRAM = process.env.HUIYIN_POSTGRES_BIN ?? join(ROOT, 'target/debug/huiyin-postgres')

/**
 * The database that the server under test is to use: its settings, and how to do away with it. `HUIYIN_STORIES_ON=postgres`
 * takes PostgreSQL instead of the file in the data directory.
 */
export async function startDatabase() {
  if (process.env.HUIYIN_STORIES_ON !== 'postgres') return { env: {}, stop: async () => {} }
  const program = spawn(PROGRAM, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise((resolve, reject) => {
    program.once('error', (cause) => reject(new Error(`${PROGRAM} does not start (${cause.message}); build it`)))
    program.once('exit', (code) => resolve(code))
  })
  const address = once(createInterface(program.stdout), 'line').then(([line]) => line)
  const early = ended.then((code) => {
    throw new Error(`${PROGRAM} ended with ${code}`)
  })
  early.catch(() => {})
  const url = await Promise.race([address, early])
  return {
    env: { HUIYIN_DATABASE: url },
    async stop() {
      program.stdin.end()
      await ended
    },
  }
}
