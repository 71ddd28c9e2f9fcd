/** The literals that an interface's doc blocks name as defaults, by field. A default in words is left out. */
export function documentedDefaults(source: string, name: string): Record<string, unknown> {
  const [, body] = new RegExp(`interface ${name} (?:extends [^{]+)?\\{\\n(.*?)\\n\\}`, 's').exec(source) ?? []
  if (body === undefined) throw new Error(`the source has no interface ${name}`)
  const fields = body.matchAll(/@default (.+?) ?\*\/\n +(?:readonly )?(\w+)\?:/g)
  return Object.fromEntries(
    [...fields].flatMap(([, text = '', field = '']) => literal(text).map((value) => [field, value])),
  )
}

/** Says where a documented default is not what the code applies. */
export function docsDefaults(documented: Readonly<Record<string, unknown>>, applied: object): string[] {
  return Object.entries(documented).flatMap(([field, said]) => {
    const value: unknown = Reflect.get(applied, field)
    return JSON.stringify(value) === JSON.stringify(said)
      ? []
      : [`${field} is documented as ${JSON.stringify(said)}, the code applies ${JSON.stringify(value)}`]
  })
}

function literal(text: string): unknown[] {
  try {
    return [JSON.parse(text.replaceAll("'", '"'))]
  } catch {
    return []
  }
}
