import { Argument, Command } from 'commander'
import { addBudgetOptions } from '../budget/budget-flags.ts'
import { createManifestPlan, type ManifestFlags } from '../manifest/create-manifest-plan.ts'
import { MANIFEST_TARGETS } from '../manifest/manifest-plan.ts'
import { renderManifest } from '../manifest/render-manifest.ts'
import { readLifecycleOptions } from '../options/read-lifecycle-options.ts'

/** Makes the command `manifest`. */
export function createManifestCommand(): Command {
  const command = new Command('manifest')
    .description('Writes what a platform must be told: probes, preStop, grace period, with the arithmetic.')
    .addArgument(new Argument('[target]', MANIFEST_TARGETS.join(', ')).default('kubernetes'))
    .option('--config <file>', 'options of the lifecycle: JSON, or a module that exports lifecycleOptions')
    .option('--name <name>', "the service's name; the lifecycle's where it has one")
    .option('--image <image>', 'its image; without it a Deployment keeps its own, and the others have the name')
    .option('--port <port>', 'where it listens', '3000')
    .option('--probe-port <port>', 'where serveProbes listens', '9000')
    .option('--start-timeout <duration>', 'how long a start may take', '60s')
  return addBudgetOptions(command, { measures: false }).action(runManifestCommand)
}

async function runManifestCommand(target: string, flags: ManifestFlags & { readonly config?: string }): Promise<void> {
  const options = flags.config === undefined ? undefined : await readLifecycleOptions('--config', flags.config)
  process.stdout.write(renderManifest(createManifestPlan(target, flags, options)))
}
