import { workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'

// The main module of a thread: makes an empty database in the folder it was given, and ends.
const database = await PGlite.create(workerData as string)
await database.close()
