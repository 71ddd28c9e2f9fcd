import { readManifest, resolvePod } from '@lastcall/kubelet'
import { Command } from 'commander'
import { addBudgetOptions, type BudgetFlags } from '../budget/budget-flags.ts'
import { type BudgetSources, collectBudget } from '../budget/collect-budget.ts'
import { formatBudget } from '../budget/format-budget.ts'
import { readDrillResult } from '../budget/read-drill-result.ts'
import { invalidOption } from '../options/invalid-option.ts'
import { readLifecycleOptions } from '../options/read-lifecycle-options.ts'
import { readText } from '../options/read-text.ts'
import { wantsColors } from '../report/index.ts'

interface Flags extends BudgetFlags {
  readonly config?: string
  readonly manifest?: string
  readonly name?: string
  readonly container?: string
  readonly measured?: string
  readonly json?: boolean
}

/** Makes the command `budget`. Its exit code is 1 when a rule does not hold. */
export function createBudgetCommand(): Command {
  const command = new Command('budget')
    .description('Adds up the time between the stop and the kill, and says what does not fit.')
    .option('--config <file>', 'options of the lifecycle: JSON, or a module that exports lifecycleOptions')
    .option('--manifest <file>', 'a Kubernetes manifest: grace period, preStop, probes, rollout')
    .option('--name <name>', 'the workload of the manifest, where it has several')
    .option('--container <name>', 'the container of the pod, where it has several')
    .option('--measured <file>', 'what lastcall drill --json printed')
  return addBudgetOptions(command, { measures: true })
    .option('--json', 'prints the budget as JSON')
    .action(runBudgetCommand)
}

async function runBudgetCommand(flags: Flags): Promise<void> {
  const budget = collectBudget(flags, await readSources(flags))
  const format = { colors: wantsColors(process.stdout, process.env), width: process.stdout.columns ?? 80 }
  process.stdout.write(`${flags.json ? JSON.stringify(budget, null, 2) : formatBudget(budget, format)}\n`)
  process.exitCode = budget.holds ? 0 : 1
}

async function readSources({ config, manifest, measured, ...flags }: Flags): Promise<BudgetSources> {
  return {
    ...(config !== undefined && { options: await readLifecycleOptions('--config', config) }),
    ...(manifest !== undefined && { manifest: readPod(manifest, flags) }),
    ...(measured !== undefined && { result: readDrillResult('--measured', measured) }),
  }
}

function readPod(path: string, options: Pick<Flags, 'name' | 'container'>): NonNullable<BudgetSources['manifest']> {
  const workload = readManifest(readText('--manifest', path), options)
  const container = resolvePod(workload).containers.find(({ role }) => role === 'main')
  if (container) return { workload, container }
  throw invalidOption('--manifest', path, 'one whose pod has a container')
}
