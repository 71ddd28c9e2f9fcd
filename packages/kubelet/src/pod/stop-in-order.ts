import type { Supervisor } from './create-supervisor.ts'
import type { StopOrder } from './stop-container.ts'

/**
 * Stops all containers at once. A sidecar's stop signal waits for the main containers and the sidecar after it, as
 * long as the grace period allows. Resolves when all have ended.
 */
export async function stopInOrder(supervisors: readonly Supervisor[], order: StopOrder): Promise<void> {
  const mains = supervisors.filter(({ container }) => container.role === 'main')
  let before = mains.map(({ ended }) => ended)
  const stops = supervisors.toReversed().map((supervisor) => {
    if (supervisor.container.role !== 'sidecar') return supervisor.stop(order)
    const turn = Promise.all(before)
    before = [...before, supervisor.ended]
    return supervisor.stop({ ...order, turn })
  })
  await Promise.all(stops)
}
