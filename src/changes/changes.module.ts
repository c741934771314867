import { Global, Module } from '@nestjs/common';
import { ChangeFeed } from './change-feed.js';

/** Gives every module the one feed of changes. */
@Global()
@Module({ providers: [ChangeFeed], exports: [ChangeFeed] })
export class ChangesModule {}
