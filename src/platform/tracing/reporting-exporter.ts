import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from '@nestjs/common';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

/** Characters of an error in the log: the collector chooses the text. */
const MAX_ERROR_LENGTH = 200;

/** Logs one line when the collector stops taking spans, and one when it takes them again. */
export class ReportingExporter implements SpanExporter {
  private failing = false;
  /** The lines belong to no request, though one may have set off the export. */
  private readonly outsideRequests = AsyncLocalStorage.snapshot();

  constructor(
    private readonly exporter: SpanExporter,
    private readonly logger: Pick<Logger, 'log' | 'warn'>,
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exporter.export(spans, (result) => {
      this.outsideRequests(() => this.report(result));
      done(result);
    });
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  async shutdown(): Promise<void> {
    await this.exporter.shutdown();
  }

  private report({ code, error }: ExportResult): void {
    const failed = code === ExportResultCode.FAILED;
    if (failed && !this.failing) {
      const reason = (error?.message || error?.name || 'no reason given').slice(0, MAX_ERROR_LENGTH);
      this.logger.warn(`The collector at OTEL_EXPORTER_OTLP_ENDPOINT does not take spans: ${reason}`);
    }
    if (!failed && this.failing) this.logger.log('The collector takes spans again.');
    this.failing = failed;
  }
}
