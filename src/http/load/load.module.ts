import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { ServiceGate } from '../../database/service-gate.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { LongWork } from '../../platform/work/long-work.js';
import { Admission, REQUESTS_PER_CONNECTION } from './admission.js';
import { RequestDeadlineInterceptor } from './request-deadline.interceptor.js';

/** Limits the requests that the service serves at a time, and their duration. */
@Global()
@Module({
  providers: [
    {
      provide: Admission,
      inject: [Configuration],
      useFactory: ({ databasePoolSize }: Configuration) =>
        new Admission(REQUESTS_PER_CONNECTION * databasePoolSize),
    },
    { provide: ServiceGate, useExisting: Admission },
    LongWork,
    { provide: APP_INTERCEPTOR, useClass: RequestDeadlineInterceptor },
  ],
  exports: [Admission, LongWork, ServiceGate],
})
export class LoadModule {}
