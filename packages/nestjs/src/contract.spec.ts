import { describeAdapterContract } from '@lastcall/testing/contract'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { nestFactoryOf } from '../test/fixtures/nest-factory-of.ts'

describeAdapterContract(
  '@lastcall/nestjs on Express',
  nestFactoryOf(() => new ExpressAdapter()),
)
describeAdapterContract(
  '@lastcall/nestjs on Fastify',
  nestFactoryOf(() => new FastifyAdapter()),
)
