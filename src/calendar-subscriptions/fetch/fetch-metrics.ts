import { Injectable } from '@nestjs/common';
import { Metrics } from '../../metrics/metrics.js';
import { Counter } from '../../metrics/prom-client.js';
import type { FetchFailureCode } from '../model/subscription-record.js';

/** The end of a fetch: the calendar has changed, or is the same, or the reason of the failure. */
type FetchResult = 'changed' | 'unchanged' | FetchFailureCode;

/** The metrics of fetched calendars. */
@Injectable()
export class FetchMetrics {
  private readonly fetches: Counter<'result'>;

  constructor({ registry }: Metrics) {
    this.fetches = new Counter({
      name: 'calendar_fetches_total',
      help: 'Fetches of subscribed calendars by this instance, by result.',
      labelNames: ['result'],
      registers: [registry],
    });
  }

  ended(result: FetchResult): void {
    this.fetches.inc({ result });
  }
}
