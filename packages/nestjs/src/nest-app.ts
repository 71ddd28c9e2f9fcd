import type { INestApplicationContext } from '@nestjs/common'
import { NestApplication, NestApplicationContext } from '@nestjs/core'

/** What Nest's applications, contexts and microservices have in common, with the steps that it keeps to itself. */
export interface NestApp extends Omit<INestApplicationContext, 'close'> {
  close(signal?: string): Promise<void>
  callInitHook(): Promise<void>
  callBootstrapHook(): Promise<void>
}

/** Where these steps are: on the class that every kind of application extends. */
export const NEST_APP_PROTOTYPE = NestApplicationContext.prototype as unknown as NestApp

/** Whether it serves HTTP. */
export function isHttpApp(app: NestApp): app is NestApp & NestApplication {
  return (app as unknown) instanceof NestApplication
}
