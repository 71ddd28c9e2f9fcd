import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { migrate } from '../../src/database/migrate.ts'

/** What every database of the service does: the same SQL, the same answers. */
export function describeDatabase(name: string, create: () => Database): void {
  describe(name, () => {
    let database: Database

    beforeAll(async () => {
      database = create()
      await database.open()
      await database.query(
        'create table if not exists notes (id integer primary key, body text, data jsonb, at timestamptz)',
      )
    })
    beforeEach(() => database.query('truncate notes'))
    afterAll(async () => {
      await database.query('drop table notes')
      await database.close()
    })

    it('gives integers as numbers, times as dates and JSON as values', async () => {
      const at = new Date('2026-01-02T03:04:05.678Z')
      const data = [{ a: 1 }, 'b', null]
      await database.query('insert into notes values ($1, $2, $3::jsonb, $4)', [7, 'é "x"', JSON.stringify(data), at])
      expect(await database.query('select * from notes')).toEqual([{ id: 7, body: 'é "x"', data, at }])
    })

    it('keeps what a transaction wrote, and hands on what it returns', async () => {
      const result = await database.transaction(async (transaction) => {
        await transaction.query('insert into notes (id) values (1)')
        return 'done'
      })
      expect(result).toBe('done')
      expect(await database.query('select id from notes')).toEqual([{ id: 1 }])
    })

    it('takes back what a transaction wrote when its work rejects', async () => {
      const failing = database.transaction(async (transaction) => {
        await transaction.query('insert into notes (id) values (1)')
        throw new Error('changed my mind')
      })
      await expect(failing).rejects.toThrow('changed my mind')
      expect(await database.query('select id from notes')).toEqual([])
    })

    it('goes on after a statement that failed, and names the fault by its SQLSTATE', async () => {
      await expect(database.query('select * from nowhere')).rejects.toMatchObject({ code: '42P01' })
      await expect(
        database.transaction((transaction) => transaction.query('insert into notes (id) values (1), (1)')),
      ).rejects.toMatchObject({ code: '23505' })
      await database.ping()
    })

    it('keeps transactions apart that run side by side', async () => {
      await database.query('insert into notes (id, body) values (1, $1)', ['0'])
      const increment = () =>
        database.transaction(async (transaction) => {
          const [row] = await transaction.query<{ body: string }>('select body from notes where id = 1 for update')
          await transaction.query('update notes set body = $1', [String(Number(row?.body) + 1)])
        })
      await Promise.all(Array.from({ length: 20 }, increment))
      expect(await database.query('select body from notes')).toEqual([{ body: '20' }])
    })

    it('migrates once, also when two replicas start together', async () => {
      const migrations = [
        { name: 'spec-1', statements: ['create table spec_1 (id integer)', 'insert into spec_1 values (1)'] },
      ]
      try {
        const taken = await Promise.all([migrate(database, migrations), migrate(database, migrations)])
        expect(taken.flat()).toEqual(['spec-1'])
        expect(await migrate(database, migrations)).toEqual([])
        expect(await database.query('select id from spec_1')).toEqual([{ id: 1 }])
      } finally {
        await database.query('drop table if exists spec_1')
        await database.query(`delete from schema_migrations where name like 'spec-%'`)
      }
    })

    it('leaves nothing of a migration that fails', async () => {
      const broken = [{ name: 'spec-2', statements: ['create table spec_2 (id integer)', 'select * from nowhere'] }]
      await expect(migrate(database, broken)).rejects.toThrow('nowhere')
      await expect(database.query('select * from spec_2')).rejects.toMatchObject({ code: '42P01' })
    })

    it('closes once, however often it is asked to', async () => {
      const second = create()
      await Promise.all([second.close(), second.close()])
    })
  })
}
