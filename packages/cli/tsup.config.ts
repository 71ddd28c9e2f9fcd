import { toolBuild } from '../../tools/presets/tsup.ts'

export default toolBuild({ main: 'src/main.ts', load: 'src/load/load-main.ts', probe: 'src/probe/probe-main.ts' })
