import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Fails with every finding of axe on the page as it stands, and when the page is wider than its window. */
export async function assertAccessible(page, where) {
  await page.evaluate(axe)
  const results = await page.evaluate((standards) => window.axe.run(document, { runOnly: standards }), STANDARDS)
  const findings = results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${[...node.any, ...node.all, ...node.none][0]?.message ?? ''}`),
  )
  assert.deepEqual(findings, [], where)
  assert.ok(results.passes.length > 10, `${where}: axe looked at nothing`)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  assert.ok(overflow <= 0, `${where}: the page is ${overflow} px wider than its window`)
}
