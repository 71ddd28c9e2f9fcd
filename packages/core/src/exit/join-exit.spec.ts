import { describe, expect, it } from 'vitest'
import { createFakeProcess } from '../testing.ts'
import { joinExit } from './join-exit.ts'

describe('joinExit', () => {
  it('ends the process with the code of its only lifecycle', () => {
    const process = createFakeProcess()
    joinExit(process, 'orders').finish(3)
    expect(process.exits).toEqual([3])
  })

  it('waits for every lifecycle, then ends once, with the worst code', () => {
    const process = createFakeProcess()
    const shares = ['orders', 'admin', 'metrics'].map((name) => joinExit(process, name))
    shares[0]?.finish(0)
    shares[1]?.finish(1)
    expect(process.exits).toEqual([])
    shares[2]?.finish(0)
    expect(process.exits).toEqual([1])
  })

  it('waits no longer for one that has left', () => {
    const process = createFakeProcess()
    const orders = joinExit(process, 'orders')
    const admin = joinExit(process, 'admin')
    orders.finish(0)
    admin.leave()
    expect(process.exits).toEqual([0])
    expect([...process.exitMembers].map(({ name }) => name)).toEqual(['orders'])
  })

  it('does not end the process because the last one has left', () => {
    const process = createFakeProcess()
    const orders = joinExit(process, 'orders')
    orders.leave()
    orders.leave()
    expect(process.exits).toEqual([])
  })

  it('does not end the process for one that left and finished afterwards', () => {
    const process = createFakeProcess()
    const orders = joinExit(process, 'orders')
    orders.leave()
    orders.finish(1)
    expect(process.exits).toEqual([])
  })

  it('knows lifecycles of the same name apart', () => {
    const process = createFakeProcess()
    const [first, second] = [joinExit(process, 'orders'), joinExit(process, 'orders')]
    first.finish(0)
    expect(process.exits).toEqual([])
    second.finish(0)
    expect(process.exits).toEqual([0])
  })
})
