import { Global, Module } from '@nestjs/common';
import { CurrentActor } from './current-actor.js';

/** Tells every module who is acting. */
@Global()
@Module({ providers: [CurrentActor], exports: [CurrentActor] })
export class AccessModule {}
