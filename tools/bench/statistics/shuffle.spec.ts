import { describe, expect, it } from 'vitest'
import { shuffle } from './shuffle.ts'

describe('shuffle', () => {
  it('keeps every value once and leaves its argument alone', () => {
    const values = [1, 2, 3, 4, 5]
    expect(shuffle(values).toSorted()).toEqual(values)
    expect(values).toEqual([1, 2, 3, 4, 5])
  })

  it('lets every value come first', () => {
    const firsts = [0, 0.34, 0.67].map((number) => shuffle(['a', 'b', 'c'], () => number)[0])
    expect(new Set(firsts).size).toBeGreaterThan(1)
    expect(shuffle(['a', 'b', 'c'], () => 0)).toEqual(['b', 'c', 'a'])
    expect(shuffle(['a', 'b', 'c'], () => 0.999)).toEqual(['a', 'b', 'c'])
  })
})
