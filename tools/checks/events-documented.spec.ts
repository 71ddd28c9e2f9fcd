import { describe, expect, it } from 'vitest'
import { eventsDocumented } from './events-documented.ts'
import { read } from './repository.ts'

describe('eventsDocumented', () => {
  it('finds nothing in this repository', () => {
    expect(eventsDocumented(read('packages/core/src/events/event.ts'), read('docs/events.md'))).toEqual([])
  })

  it('names an event without a row and a row without an event', () => {
    const source = `export interface EventPayloads {\n  'state:change': { from: string }\n  warning: { code: string }\n}\n`
    expect(eventsDocumented(source, '| `warning` | … |\n| `state:old` | … |\n')).toEqual([
      'docs/events.md does not say state:change',
      'docs/events.md says state:old, which is gone',
    ])
  })

  it('says so when the union is not where it was', () => {
    expect(eventsDocumented('', '')).toHaveLength(1)
  })
})
