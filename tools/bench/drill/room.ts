import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CONTENDERS } from '../contenders/index.ts'
import { inLanes } from '../lost-requests/in-lanes.ts'
import type { Room } from '../room.ts'
import { serviceOptions } from '../service/service-options.ts'
import { shuffle } from '../statistics/shuffle.ts'
import { summarize } from '../statistics/summarize.ts'
import { decimal, withRange } from '../table/numbers.ts'
import { describeVerdicts, type DrillRun } from './describe-verdicts.ts'

const RUNS = 3
const LANES = 2
const LAME_DUCK_MS = 5000
const LASTCALL = fileURLToPath(new URL('../../../packages/cli/dist/main.js', import.meta.url))
/** A server that nobody wrote for this. */
const PYTHON = ['sh', '-c', 'exec python3 -m http.server "$PORT"']

/** What `lastcall drill` says of each setup. */
export const drill: Room = {
  name: 'drill',
  title: 'What the drill says',
  text: `\`npx lastcall drill -- node …\` with its defaults on the same setups: 200 requests each second whatever becomes of those before, on 50 kept connections and on new ones; the platform stops routing 3 to 5 s after SIGTERM, and kills after 30 s. It knows nothing of what it drills. ${RUNS} runs each, ${LANES} setups at a time, in random order; lost requests as median and range. Only Lastcall has probes that it can ask for readiness and liveness; of the others it judges the rest. Python's own server shows that any command will do.`,
  async measure(tell) {
    const setups = Object.entries(CONTENDERS).flatMap(([name, contender]) =>
      contender.setups.map((setup) => {
        const { args } = serviceOptions(name, setup.name)
        return { title: `${contender.name}, ${setup.name}`, command: [process.execPath, ...args] }
      }),
    )
    const hasPython = spawnSync('python3', ['--version']).status === 0
    const subjects = [...setups, ...(hasPython ? [{ title: 'python3 -m http.server', command: PYTHON }] : [])]
    const results = new Map<string, readonly DrillRun[]>()
    await inLanes(LANES, shuffle(subjects), async ({ title, command }) => {
      results.set(title, await runDrill(command))
      tell(`${results.size} of ${subjects.length}: ${title}`)
    })
    const rows = subjects.map(({ title }) => {
      const runs = results.get(title) ?? []
      return [
        title,
        withRange(summarize(runs.map(({ requests }) => requests))),
        withRange(summarize(runs.map(({ lost }) => lost))),
        [...new Set(runs.map(({ exitCode, exitSignal }) => exitSignal ?? decimal(exitCode ?? NaN)))].join(', '),
        describeVerdicts(runs),
      ]
    })
    return [{ columns: ['', 'requests', 'lost', 'exit', 'verdicts'], rows }]
  },
}

/** Drills a command as a user would. Rejects where it cannot be drilled. */
async function runDrill(command: readonly string[]): Promise<readonly DrillRun[]> {
  const args = [LASTCALL, 'drill', '--json', '--runs', String(RUNS), '--', ...command]
  // As in a pod: the packages that look for Kubernetes find it.
  const pod = { KUBERNETES_SERVICE_HOST: '127.0.0.1', LIGHTSHIP_PORT: '0', LAME_DUCK_MS: String(LAME_DUCK_MS) }
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...pod },
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code] = (await once(child, 'close')) as [number | null]
  // 1 says that something was found.
  if (code !== 0 && code !== 1) throw new Error(`${command.join(' ')} cannot be drilled (exit ${code}).`)
  return (JSON.parse(output) as { runs: DrillRun[] }).runs
}
