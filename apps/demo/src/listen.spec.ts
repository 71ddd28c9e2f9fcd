import { describe, expect, it } from 'vitest'
import { listenOn } from './listen.ts'

const address = { variable: 'PROBE_PORT', port: 80, host: '0.0.0.0' } as const
const failure = (fields: object) => Object.assign(new Error('it failed'), fields)

describe('listenOn', () => {
  it('hands on where to listen, and what came of it', async () => {
    expect(await listenOn(address, async (given) => given)).toEqual({ port: 80, host: '0.0.0.0' })
  })

  it.each([
    [{ code: 'EADDRINUSE' }, 'another process listens there. Stop it, or set PROBE_PORT to another port.'],
    [{ code: 'EACCES' }, 'this user may not open it. Set PROBE_PORT to 1024 or higher.'],
    [{ code: 'EADDRNOTAVAIL' }, 'this machine does not have that address. Set HOST to one it has, or leave it unset.'],
    [{ code: 'ENOTFOUND' }, 'no such host is known. Set HOST to an address of this machine, or leave it unset.'],
    [
      { code: 'LASTCALL_PROBE_PORT', cause: { code: 'EADDRINUSE' } },
      'another process listens there. Stop it, or set PROBE_PORT to another port.',
    ],
  ])('says what to change after %o', async (fields, advice) => {
    await expect(listenOn(address, () => Promise.reject(failure(fields)))).rejects.toMatchObject({
      code: 'ORDERS_PORT_UNUSABLE',
      message: `Port 80 of 0.0.0.0 cannot be used: ${advice}`,
    })
  })

  it('leaves any other error as it is', async () => {
    const error = failure({ code: 'EODD' })
    await expect(listenOn(address, () => Promise.reject(error))).rejects.toBe(error)
  })
})
