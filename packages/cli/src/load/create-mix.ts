/** Gives each kind its share of a sequence, as evenly as can be: what is furthest behind comes next. */
export function createMix<Kind extends string>(shares: Readonly<Record<Kind, number>>): () => Kind {
  const kinds = (Object.keys(shares) as Kind[]).filter((kind) => shares[kind] > 0)
  const credit = new Map(kinds.map((kind) => [kind, 0]))
  return () => {
    for (const kind of kinds) credit.set(kind, (credit.get(kind) ?? 0) + shares[kind])
    const next = kinds.reduce((best, kind) => ((credit.get(kind) ?? 0) > (credit.get(best) ?? 0) ? kind : best))
    credit.set(next, (credit.get(next) ?? 0) - kinds.reduce((sum, kind) => sum + shares[kind], 0))
    return next
  }
}
