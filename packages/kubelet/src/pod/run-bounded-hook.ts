import { waitAtMost } from '../clock/sleep.ts'
import { messageOf } from '../handlers/message-of.ts'
import type { HookHandler, ResolvedContainer } from '../spec/pod-spec.ts'
import type { Instance } from './instance.ts'
import type { PodContext } from './pod-context.ts'
import type { PodEventPayloads } from './pod-event.ts'

type Result = Pick<PodEventPayloads['hook:end'], 'outcome' | 'message'>

/**
 * Runs a hook of a container, for as long as the container runs and for `limitMs` at most; then nobody waits for it
 * any more. Tells whether it failed.
 */
export async function runBoundedHook(
  { clock, emit, handlers }: PodContext,
  { gone, hurried }: Instance,
  container: ResolvedContainer,
  hook: 'preStop' | 'postStart',
  limitMs: number,
): Promise<boolean> {
  const handler = container[hook] as HookHandler
  const subject = { container: container.name, hook }
  const begunAt = clock.now()
  emit('hook:begin', { ...subject, type: handler.type })

  let result: Result = { outcome: 'abandoned', message: 'the grace period was over' }
  const work = async () => {
    try {
      await handlers.hook(handler, container, gone)
      result = { outcome: 'ok' }
    } catch (error) {
      result = { outcome: 'failed', message: messageOf(error) }
    }
  }
  await waitAtMost(clock, work(), limitMs, gone, hurried)
  // A hook that the end of its container ends has neither failed nor done its work.
  if (gone.aborted) result = { outcome: 'abandoned', message: messageOf(gone.reason) }
  emit('hook:end', { ...subject, ...result, durationMs: clock.now() - begunAt })
  return result.outcome === 'failed'
}
