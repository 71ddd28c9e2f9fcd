import * as core from '@nestjs/core'
import * as terminus from '@nestjs/terminus'
import { describe, expect, it } from 'vitest'

describe('the Nest that the specs run on', () => {
  it('is the one that was asked for', () => {
    // Both came with 12.
    const is12 = 'prepareClose' in core.NestApplicationContext.prototype
    expect('HealthCheckAttempt' in terminus).toBe(is12)
    expect(is12 ? '12' : '11').toBe(process.env.NEST_MAJOR ?? '12')
  })
})
