import { describe, expect, it } from 'vitest'
import { collectBudget } from './collect-budget.ts'
import { formatBudget } from './format-budget.ts'

describe('formatBudget', () => {
  it('draws the parts up to the kill, adds them up, and says what does not hold', () => {
    const budget = collectBudget({ platform: 'ingress-nginx', preStop: '5s', requests: '20s', keepAlive: '72s' }, {})
    expect(formatBudget(budget)).toBe(`FAILED cut: 30 s of 30 s
ingress-nginx · preset: grace period 30 s, propagation 10 s

preStop    ████▏                         5 s  the platform waits
lame duck      ██████                    7 s  it still serves, for 5 s at least
drain                ███████▌            9 s  what is in flight ends
close                       ████▎      4.5 s  components stop
flush                           █▉       2 s  logs, metrics, traces
margin                           ███   2.5 s  kept free
SIGKILL                            ◆    30 s  the kill

preStop 5 + lame duck 7 + drain 9 + close 4.5 + flush 2 + margin 2.5 = 30 ≤ 30 s

ok    kill     all of it takes 30 s, and the kill comes after 30 s
ok    refusal  it serves for 10 s at least after the stop, and new connections
               come for 10 s on ingress-nginx
FAIL  cut      the drain lasts 9 s, and all but one of 1000 requests take 20 s
               at the most. Give the drain 20 s, or end such requests when
               lifecycle.draining aborts.
ok    reset    the server keeps idle connections for 72 s, the load balancer for
               60 s
ok    nesting  each timeout ends before the one around it, 25 s after the signal
?     rollout  nothing is known of rollouts. Pass the manifest, as --manifest.
?     restart  nothing is known of the readiness probe. Pass the manifest, as
               --manifest.`)
  })

  it('shows the kill where it comes, within what does not fit before it', () => {
    const text = formatBudget(collectBudget({ platform: 'aws-lbc' }, {}), { width: 70 })
    expect(text).toContain('FAILED kill: 80 s of 30 s')
    expect(text).toMatch(/^SIGKILL {4} +◆ {8,}30 s/m)
    expect(text).toContain('= 80 > 30 s')
  })

  it('paints the verdicts where colours are wanted', () => {
    expect(formatBudget(collectBudget({}, {}), { colors: true })).toContain('\u001b[32mPASSED\u001b[39m')
  })
})
