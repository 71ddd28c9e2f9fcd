/** One step of the schema. Never change one that has been released: add another. */
export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
}

/** The schema of the orders service, oldest step first. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: '001-orders',
    statements: [
      `create table orders (
        id uuid primary key,
        number integer generated always as identity unique,
        customer text not null,
        items jsonb not null,
        total_cents integer not null,
        status text not null default 'pending' check (status in ('pending', 'processed')),
        created_at timestamptz not null default now(),
        processed_at timestamptz
      )`,
      // An order waits here until it is processed. It is free from available_at on; claim names who holds it until then.
      `create table order_queue (
        order_id uuid primary key references orders,
        available_at timestamptz not null default now(),
        claim uuid
      )`,
      `create index order_queue_available_at on order_queue (available_at)`,
      `create table order_events (
        id integer generated always as identity primary key,
        order_id uuid not null references orders,
        type text not null,
        at timestamptz not null default now()
      )`,
    ],
  },
]
