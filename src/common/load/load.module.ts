import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Admission } from './admission.js';
import { LongWork } from './long-work.js';
import { RequestDeadlineInterceptor } from './request-deadline.interceptor.js';

/** Keeps what the service takes upon itself within what it can do. */
@Global()
@Module({
  providers: [Admission, LongWork, { provide: APP_INTERCEPTOR, useClass: RequestDeadlineInterceptor }],
  exports: [Admission, LongWork],
})
export class LoadModule {}
