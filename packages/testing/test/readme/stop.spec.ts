import { formatLoadReport, runKillScenario } from '../../src/index.ts'
import { expect, it } from 'vitest'

it('stops without losing a request', async () => {
  const { exit, load, portFree, leftoverProcesses } = await runKillScenario({
    service: { args: ['test/fixtures/lame-duck.ts'] }, // PORT is a free port; ready when /readyz answers 200
    load: {
      traffic: [
        { kind: 'keepAlive', path: '/', clients: 10 },
        { kind: 'newConnection', path: '/', clients: 5 },
        { kind: 'slow', path: '/slow', clients: 2 },
        { kind: 'sse', path: '/events', clients: 2 },
      ],
    },
    signal: 'SIGTERM',
    propagationMs: 500, // new connections come for so long after the signal
  })
  expect(load.lost, formatLoadReport(load)).toEqual([])
  expect(exit).toEqual({ code: 0, signal: null })
  expect(portFree).toBe(true)
  expect(leftoverProcesses).toEqual([])
})
