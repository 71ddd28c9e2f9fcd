import { referenceAdapter } from '../../test/fixtures/contract/reference-adapter.ts'
import { describeAdapterContract } from './index.ts'

describeAdapterContract('the reference adapter', referenceAdapter())
