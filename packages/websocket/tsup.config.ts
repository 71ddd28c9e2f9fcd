import { libraryBuild } from '../../tools/presets/tsup.ts'

export default libraryBuild({ index: 'src/index.ts' })
