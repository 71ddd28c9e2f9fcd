import { describe, expect, it } from 'vitest'
import type { Component } from './component.ts'
import { buildGraph, stopPhase } from './graph.ts'

const named = (name: string, ...dependsOn: string[]): Component => ({ name, dependsOn })
const orderOf = (...components: Component[]) => buildGraph(components).inOrder.map(({ name }) => name)

describe('buildGraph', () => {
  it('puts dependencies before dependents', () => {
    expect(orderOf(named('http', 'queue', 'db'), named('queue', 'db'), named('db'))).toEqual(['db', 'queue', 'http'])
  })

  it('keeps the order of registration where the graph allows', () => {
    expect(orderOf(named('c'), named('a'), named('b', 'd'), named('d'))).toEqual(['c', 'a', 'd', 'b'])
  })

  it('knows the edges both ways, each once', () => {
    const graph = buildGraph([named('db'), named('cache'), named('http', 'db', 'cache', 'db')])
    expect(graph.dependenciesOf('http')).toEqual(['db', 'cache'])
    expect(graph.dependentsOf('db')).toEqual(['http'])
    expect(graph.dependentsOf('http')).toEqual([])
    expect(graph.dependenciesOf('db')).toEqual([])
  })

  it('is empty without components', () => {
    expect(orderOf()).toEqual([])
  })

  it.each([
    ['itself', [named('a', 'a')], 'a → a'],
    ['each other', [named('a', 'b'), named('b', 'a')], 'a → b → a'],
    ['a circle further down', [named('http', 'a'), named('a', 'b'), named('b', 'c'), named('c', 'a')], 'a → b → c → a'],
  ])('refuses a component that depends on %s, and shows the circle', (_, components, circle) => {
    const refused = () => buildGraph(components)
    expect(refused).toThrow(expect.objectContaining({ code: 'LASTCALL_DEPENDENCY_CYCLE' }))
    expect(refused).toThrow(`in a circle: ${circle}. Take one of these dependencies away.`)
  })

  it('takes a diamond for no circle', () => {
    expect(
      orderOf(named('top', 'left', 'right'), named('left', 'base'), named('right', 'base'), named('base')),
    ).toEqual(['base', 'left', 'right', 'top'])
  })

  it('refuses a dependency that is not there, and names those that are', () => {
    const refused = () => buildGraph([named('db'), named('http', 'dv')])
    expect(refused).toThrow(expect.objectContaining({ code: 'LASTCALL_UNKNOWN_DEPENDENCY' }))
    expect(refused).toThrow(
      "Component 'http' depends on 'dv', which is not there: add it with lifecycle.use(), or name one of db, http",
    )
  })

  it('refuses a component that would stop after what it depends on', () => {
    const refused = () => buildGraph([{ name: 'db', phase: 'drain' }, named('http', 'db')])
    expect(refused).toThrow(expect.objectContaining({ code: 'LASTCALL_PHASE_ORDER' }))
    expect(refused).toThrow("give 'http' the phase 'drain' or an earlier one")
  })

  it('accepts a component that stops in an earlier phase than what it depends on', () => {
    expect(orderOf(named('db'), { name: 'worker', phase: 'drain', dependsOn: ['db'] })).toEqual(['db', 'worker'])
  })
})

describe('stopPhase', () => {
  it('is close where nothing is said', () => {
    expect(stopPhase({ name: 'db' })).toBe('close')
    expect(stopPhase({ name: 'metrics', phase: 'flush' })).toBe('flush')
  })
})
