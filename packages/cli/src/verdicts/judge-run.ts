import type { Verdict, VerdictCode } from '../drill/result.ts'
import type { RunFacts } from '../facts/run-facts.ts'
import type { Judge } from './judge.ts'
import { keepaliveLinger } from './keepalive-linger.ts'
import { killed } from './killed.ts'
import { lateExit } from './late-exit.ts'
import { livenessRed } from './liveness-red.ts'
import { lost } from './lost.ts'
import { noCloseHeader } from './no-close-header.ts'
import { noDrainWindow } from './no-drain-window.ts'
import { orphans } from './orphans.ts'
import { portBound } from './port-bound.ts'
import { readyFlap } from './ready-flap.ts'
import { signalNotReceived } from './signal-not-received.ts'

/** The most telling first. */
const JUDGES: readonly Judge[] = [
  ...[signalNotReceived, killed, lost, noDrainWindow, noCloseHeader, keepaliveLinger],
  ...[lateExit, livenessRed, readyFlap, orphans, portBound],
]

/** The faults of a run, and what could be judged. */
export function judgeRun(facts: RunFacts): { verdicts: Verdict[]; judged: VerdictCode[] } {
  const verdicts: Verdict[] = []
  const judged: VerdictCode[] = []
  for (const { code, judge } of JUDGES) {
    const finding = judge(facts)
    if (finding === 'unjudged') continue
    judged.push(code)
    if (finding !== 'pass') verdicts.push({ code, ...finding })
  }
  return { verdicts, judged }
}
