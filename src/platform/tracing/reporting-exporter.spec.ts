import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, test } from '@jest/globals';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { ReportingExporter } from './reporting-exporter.js';

const SUCCESS: ExportResult = { code: ExportResultCode.SUCCESS };
const failure = (message: string): ExportResult => ({
  code: ExportResultCode.FAILED,
  error: new Error(message),
});

/** The lines that a collector with these results leaves in the log. */
function linesOf(...results: readonly ExportResult[]): string[] {
  const lines: string[] = [];
  const rest = [...results];
  const collector = {
    export: (_: unknown, done: (result: ExportResult) => void) => done(rest.shift() ?? SUCCESS),
    shutdown: async () => undefined,
  };
  const logger = {
    log: (line: string) => lines.push(`info: ${line}`),
    warn: (line: string) => lines.push(`warn: ${line}`),
  };
  const exporter = new ReportingExporter(collector, logger);
  for (const result of results) exporter.export([], (passedOn) => expect(passedOn).toBe(result));
  return lines;
}

const REFUSED = 'warn: The collector at OTEL_EXPORTER_OTLP_ENDPOINT does not take spans: ';
const TAKEN = 'info: The collector takes spans again.';

describe('the log of a collector', () => {
  test.each<[string, ExportResult[], string[]]>([
    ['takes spans', [SUCCESS, SUCCESS], []],
    ['is down', [failure('down'), failure('down'), failure('still down')], [`${REFUSED}down`]],
    ['comes back', [failure('down'), SUCCESS, SUCCESS], [`${REFUSED}down`, TAKEN]],
    ['fails again', [failure('a'), SUCCESS, failure('b')], [`${REFUSED}a`, TAKEN, `${REFUSED}b`]],
    ['gives no reason', [{ code: ExportResultCode.FAILED }], [`${REFUSED}no reason given`]],
    ['gives a reason of 200 characters', [failure('x'.repeat(200))], [REFUSED + 'x'.repeat(200)]],
    ['gives a longer reason', [failure('x'.repeat(201))], [REFUSED + 'x'.repeat(200)]],
  ])('that %s', (_, results, lines) => {
    expect(linesOf(...results)).toEqual(lines);
  });

  test('belongs to no request, though one set off the export', () => {
    const request = new AsyncLocalStorage<string>();
    const requests: (string | undefined)[] = [];
    const collector = {
      export: (_: unknown, done: (result: ExportResult) => void) => done(failure('down')),
      shutdown: async () => undefined,
    };
    const write = () => requests.push(request.getStore());
    const exporter = new ReportingExporter(collector, { log: write, warn: write });
    request.run('first', () => exporter.export([], () => undefined));
    expect(requests).toEqual([undefined]);
  });
});
