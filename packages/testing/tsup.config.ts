import { libraryBuild } from '../../tools/presets/tsup.ts'

export default libraryBuild({ index: 'src/index.ts', contract: 'src/contract/index.ts' })
