/** Addresses of what services depend on: databases, caches, queues. */
const DEPENDENCY = /^(postgres(ql)?|mysql|mariadb|mongodb|rediss?|amqps?|nats|kafka):\/\//
/** Nothing listens here: it is the first of the ports that only the system may open. */
const NOWHERE = '127.0.0.1:1'

/** The variables that hold the address of a dependency, with one where nothing is in its place. */
export function findDependencies(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value = '']) => {
      if (!DEPENDENCY.test(value) || !URL.canParse(value)) return []
      const { protocol, username, password, pathname, search } = new URL(value)
      const user = username === '' ? '' : `${username}${password && `:${password}`}@`
      return [[name, `${protocol}//${user}${NOWHERE}${pathname}${search}`]]
    }),
  )
}
