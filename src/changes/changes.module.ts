import { Global, Module } from '@nestjs/common';
import { ChangeFeed } from './change-feed.js';

/** Provides the one feed of changes to every module. */
@Global()
@Module({ providers: [ChangeFeed], exports: [ChangeFeed] })
export class ChangesModule {}
