/** A row as the database returns it. */
export type Row = Record<string, unknown>

/** Runs SQL with `$1` parameters and resolves to the rows. One statement a call. */
export interface Queryable {
  query<Result extends Row>(sql: string, parameters?: readonly unknown[]): Promise<Result[]>
}

/**
 * PostgreSQL as the service sees it: the embedded one and a real one behave alike.
 * Integers are `integer` columns, because the two read `bigint` differently.
 */
export interface Database extends Queryable {
  /** What people call it: never holds a password. */
  readonly label: string
  /** Connects, unless `signal` gives it up. Rejects with a `ServiceError` that says what to change. */
  open(options?: { readonly signal?: AbortSignal }): Promise<void>
  /** Commits when `work` resolves, rolls back when it rejects. */
  transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>
  /** Rejects when the database does not answer. */
  ping(): Promise<void>
  /** Waits for what is running, then disconnects. Further calls do nothing. */
  close(): Promise<void>
}
