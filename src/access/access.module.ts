import { Global, Module } from '@nestjs/common';
import { CurrentActor } from './current-actor.js';

/** Provides the current actor to every module. */
@Global()
@Module({ providers: [CurrentActor], exports: [CurrentActor] })
export class AccessModule {}
