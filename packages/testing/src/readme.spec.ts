import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

it('shows the sample that runs as test/readme/stop.spec.ts', () => {
  const sample = read('test/readme/stop.spec.ts')
    .replace('../../src/index.ts', '@lastcall/testing')
    .replace('test/fixtures/lame-duck.ts', 'dist/main.js')
  expect(read('README.md')).toContain(`\n${sample}`)
})
