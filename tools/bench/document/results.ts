import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Table } from '../table/table.ts'
import type { Circumstances } from './circumstances.ts'

/** What a room measured last. */
export interface Result {
  readonly circumstances: Circumstances
  readonly tables: readonly Table[]
}

const FOLDER = new URL('../results/', import.meta.url)
const fileOf = (room: string): string => fileURLToPath(new URL(`${room}.json`, FOLDER))

/** Keeps the newest result of a room, so that one room can be measured again without the others. */
export function writeResult(room: string, result: Result): void {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(fileOf(room), `${JSON.stringify(result, undefined, 2)}\n`)
}

/** The newest result of a room; `undefined` when it was never measured. */
export function readResult(room: string): Result | undefined {
  const file = fileOf(room)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Result) : undefined
}
