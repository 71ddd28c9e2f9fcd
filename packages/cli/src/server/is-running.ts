import { readFileSync } from 'node:fs'

/** Whether a process of this user runs, and has not ended already without anybody having noticed. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    // The state stands behind the name, which may hold anything, parentheses too (proc(5)).
    const state = /.*\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
    return state !== 'Z' && state !== 'X'
  } catch {
    return process.platform !== 'linux'
  }
}
