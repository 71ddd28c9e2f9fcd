import { describeRounds } from '../support/describe-rounds.ts'

describeRounds('SIGTERM')
