import { writeFileSync } from 'node:fs'
import { LastcallError } from '@lastcall/core'
import { readManifest, resolvePod } from '@lastcall/kubelet'
import { Command, Option } from 'commander'
import { createPlan, type DrillFlags, type PlannedWorkload } from '../drill/create-plan.ts'
import type { DrillResult } from '../drill/result.ts'
import { runDrill } from '../drill/run-drill.ts'
import { SCENARIO_NAMES } from '../drill/scenario-name.ts'
import { readText } from '../options/read-text.ts'
import {
  compareWithBaseline,
  createProgressView,
  formatComparison,
  formatDrill,
  parseBaseline,
  renderHtml,
  toJson,
  toJunit,
  wantsColors,
} from '../report/index.ts'

interface OutputFlags extends DrillFlags {
  readonly manifest?: string
  readonly json?: boolean
  readonly report?: string
  readonly junit?: string
  readonly baseline?: string
}

/** An option that may be given several times. */
function repeated(flags: string, description: string, without: string): Option {
  const collect = (value: string, values: readonly string[]): readonly string[] => [...values, value]
  return new Option(flags, description).argParser(collect).default([], without)
}

/** Makes the command `drill`. Its exit code is 1 when something was found, or got worse than the baseline. */
export function createDrillCommand(): Command {
  return new Command('drill')
    .description('Starts a server, puts load on it, stops it as the platform does, and says what was lost and why.')
    .argument('<command...>', 'what starts the server, after --')
    .option('--url <url>', 'the address to put load on; found out where it is not given')
    .option('--ready <path>', 'the readiness probe, such as /readyz or :9000/readyz')
    .option('--live <path>', 'the liveness probe, such as /livez')
    .option('--rps <n>', 'requests that are due each second', '200')
    .option('--connections <n>', 'connections that are kept', '50')
    .option('--mix <shares>', 'requests on kept connections and on new ones', 'keepalive:0.7,new:0.3')
    .option('--long <path[:share]>', 'a path that takes long, and its share of the requests')
    .option('--sse <path[:n]>', 'a path of server-sent events, and how many clients follow it')
    .option('--ws <path[:n]>', 'a path of WebSockets, and how many clients are connected')
    .option('--http2', 'kept connections speak HTTP/2')
    .option('--profile <name>', 'the platform', 'kubernetes')
    .option('--grace <duration>', 'from the stop to the kill')
    .option('--pre-stop <duration>', 'a preStop sleep before the signal')
    .option('--propagation <duration[±spread]>', 'how long new connections are routed to it after the stop began')
    .option('--manifest <file>', 'takes probes, hook and grace period from a Kubernetes manifest')
    .option('--runs <n>', 'how often each scenario is run', '1')
    .addOption(
      repeated('--env <name=value>', 'a variable for the server; {replica} and {port} stand for its own', 'none'),
    )
    .addOption(repeated('--down <name=value>', 'a variable that takes a dependency away, for dependency-down', 'none'))
    .option('--replicas <n>', 'for the rolling restart', '2')
    .addOption(repeated('--scenario <name>', SCENARIO_NAMES.join(', '), 'terminate'))
    .option('--all', 'every scenario')
    .option('--warm-up <duration>', 'load before the stop', '2s')
    .option('--start-timeout <duration>', 'for the server to become ready', '60s')
    .option('--json', 'prints the result as JSON')
    .option('--report <file>', 'writes the result as an HTML page')
    .option('--junit <file>', 'writes the result as JUnit XML')
    .option('--baseline <file>', 'fails only where it got worse than this result of --json')
    .action(runDrillCommand)
}

async function runDrillCommand(command: readonly string[], flags: OutputFlags): Promise<void> {
  const plan = createPlan(
    command,
    flags,
    process.env,
    flags.manifest === undefined ? undefined : readWorkload(flags.manifest),
  )
  const baseline = flags.baseline === undefined ? undefined : parseBaseline(readText('--baseline', flags.baseline))
  const controller = new AbortController()
  const giveUp = (): void => controller.abort()
  process.once('SIGINT', giveUp).once('SIGTERM', giveUp)
  try {
    const onProgress = createProgressView(process.stderr)
    const result = await runDrill(plan, { onProgress, signal: controller.signal })
    writeReports(result, flags)
    const format = { colors: wantsColors(process.stdout, process.env), width: process.stdout.columns ?? 80 }
    process.stdout.write(flags.json ? toJson(result) : `${formatDrill(result, format)}\n`)
    const regressions = baseline && compareWithBaseline(result, baseline)
    if (regressions)
      (flags.json ? process.stderr : process.stdout).write(`\n${formatComparison(regressions, format)}\n`)
    const failed = regressions ? regressions.length > 0 : result.verdict === 'fail'
    process.exitCode = failed ? 1 : 0
  } catch (error) {
    if (!controller.signal.aborted) throw error
    process.exitCode = 130
  } finally {
    process.off('SIGINT', giveUp).off('SIGTERM', giveUp)
  }
}

function writeReports(result: DrillResult, { report, junit }: OutputFlags): void {
  if (report !== undefined) writeFileSync(report, renderHtml(result))
  if (junit !== undefined) writeFileSync(junit, toJunit(result))
}

function readWorkload(path: string): PlannedWorkload {
  const workload = readManifest(readText('--manifest', path))
  const container = resolvePod(workload).containers.find(({ role }) => role === 'main')
  if (!container)
    throw new LastcallError('LASTCALL_INVALID_OPTION', `Option --manifest is '${path}': it has no container.`)
  return { path, workload, container }
}
