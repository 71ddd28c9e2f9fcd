import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDataDir, createEmptyDir, type TestFolder } from '../../test/support/data-dir.ts'
import { describeDatabase } from '../../test/support/database-contract.ts'
import { migrate } from './migrate.ts'
import { createPgliteDatabase } from './pglite-database.ts'

describe('createPgliteDatabase', () => {
  let folder: TestFolder
  beforeAll(async () => {
    folder = await createDataDir()
  })
  afterAll(() => folder[Symbol.asyncDispose]())

  describeDatabase('as any database', () => createPgliteDatabase(folder.path))

  it('makes a database in a new folder, in place of one that was left half made', async () => {
    await using parent = await createEmptyDir()
    const dataDir = join(parent.path, 'new', 'folder')
    await mkdir(join(dataDir, 'postgres.new'), { recursive: true })
    await writeFile(join(dataDir, 'postgres.new', 'PG_VERSION'), '18')
    const database = createPgliteDatabase(dataDir)
    await database.open()
    await migrate(database)
    await database.close()
    expect(await readdir(dataDir)).toEqual(['postgres'])
  })

  it('finds again what it kept', async () => {
    await using kept = await createDataDir()
    const first = createPgliteDatabase(kept.path)
    await first.open()
    await first.query(`create table notes (body text)`)
    await first.query(`insert into notes values ('still here')`)
    await first.close()
    const second = createPgliteDatabase(kept.path)
    await second.open()
    expect(await second.query('select body from notes')).toEqual([{ body: 'still here' }])
    await second.close()
  })

  it('refuses a folder that is open already, and harms neither', async () => {
    await using shared = await createDataDir()
    const first = createPgliteDatabase(shared.path)
    const second = createPgliteDatabase(shared.path)
    await first.open()
    await expect(second.open()).rejects.toMatchObject({ code: 'ORDERS_DATABASE_IN_USE' })
    await second.close()
    await expect(createPgliteDatabase(shared.path).open()).rejects.toMatchObject({ code: 'ORDERS_DATABASE_IN_USE' })
    await first.ping()
    await first.close()
  })

  it('says what to do about a folder that it cannot use, and gives its lock back', async () => {
    await using broken = await createEmptyDir()
    await writeFile(join(broken.path, 'postgres'), 'not a folder')
    await expect(createPgliteDatabase(broken.path).open()).rejects.toMatchObject({
      code: 'ORDERS_DATABASE_UNUSABLE',
      message: expect.stringMatching(/^The data folder .+ cannot be used: .+ Set DATA_DIR to another folder/),
    })
    expect(await readdir(broken.path)).toEqual(['postgres'])
  })

  it('lets timers and sockets have their turn however many statements wait', async () => {
    await using busy = await createDataDir()
    const database = createPgliteDatabase(busy.path)
    await database.open()
    let turns = 0
    const counting = setInterval(() => (turns += 1), 0)
    const count = () => database.transaction((transaction) => transaction.query('select count(*) from pg_class'))
    await Promise.all(Array.from({ length: 100 }, count))
    clearInterval(counting)
    expect(turns).toBeGreaterThan(10)
    await database.close()
  })

  it('finishes what runs before it closes', async () => {
    await using busy = await createDataDir()
    const database = createPgliteDatabase(busy.path)
    await database.open()
    const queries = Array.from({ length: 10 }, () => database.query('select 1 as one'))
    await database.close()
    expect(await Promise.all(queries)).toEqual(Array.from({ length: 10 }, () => [{ one: 1 }]))
  })
})
