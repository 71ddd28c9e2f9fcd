export type { ContractApp, ContractContext, ContractFactory, ContractRoute } from './contract-app.ts'
export { describeAdapterContract } from './describe-adapter-contract.ts'
