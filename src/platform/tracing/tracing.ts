import type { IncomingHttpHeaders } from 'node:http';
import { ContextVariable } from '../context/context-variable.js';
import { errorCode } from '../error-code.js';

/**
 * By the names of OpenTelemetry's semantic conventions. A value must not hold personal data or a secret: no address of a
 * person, no query, no body, no parameter of a statement, no message of an error.
 */
export type SpanAttributes = Readonly<Record<string, string | number | undefined>>;

/** The parts of a span that are known when it starts. */
export interface SpanStart {
  readonly name: string;
  /** `server`: a request to the service. `client`: a call of the service to another one. `internal`: work of its own. */
  readonly kind: 'server' | 'client' | 'internal';
  readonly attributes: SpanAttributes;
}

/** A piece of work of a trace, with its start and end. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  /** The headers by which the service that is called continues the trace (W3C Trace Context). */
  readonly headers: Readonly<Record<string, string>>;
  rename(name: string): void;
  set(attributes: SpanAttributes): void;
  /** Marks the work as failed. @param errorType a class of errors, such as a code or a status */
  fail(errorType: string): void;
  end(): void;
}

/** Makes spans. */
export interface Tracer {
  /** Starts a child of the parent, or without a parent the first span of a new trace. */
  start(span: SpanStart, parent: Span | null): Span;
  /** Starts a span that continues the trace of the headers of a request, if they name one. */
  continue(span: SpanStart, headers: IncomingHttpHeaders): Span;
}

const spans = new ContextVariable<Span | null>();
let tracer: Tracer | null = null;

/** Makes spans by `next` from now on; null: makes none. */
export function useTracer(next: Tracer | null): void {
  tracer = next;
}

/** The tracer; null while tracing is off. */
export function currentTracer(): Tracer | null {
  return tracer;
}

/** The span of the work in progress; null outside of one, and while tracing is off. */
export function currentSpan(): Span | null {
  return spans.get() ?? null;
}

/** Runs `work`, and the asynchronous calls that it starts, as a part of the span. */
export function withinSpan<T>(span: Span | null, work: () => T): T {
  return spans.run(span, work);
}

/** The fields by which a log line belongs to the span of the work in progress; none outside of one. */
export function traceFields(): { trace_id?: string; span_id?: string } {
  const span = currentSpan();
  return span === null ? {} : { trace_id: span.traceId, span_id: span.spanId };
}

/**
 * Runs `work` as a child of the current span. Outside of a span it runs without one: periodic work that finds nothing
 * due makes no spans.
 * @param start is called only for a span
 */
export async function inChildSpan<T>(
  start: () => SpanStart,
  work: (span: Span | null) => Promise<T>,
): Promise<T> {
  const parent = currentSpan();
  return parent && tracer ? inSpan(tracer.start(start(), parent), work) : work(null);
}

/** Runs `work` as the first span of a new trace: work that no request waits for. */
export async function inNewTrace<T>(start: SpanStart, work: () => Promise<T>): Promise<T> {
  return tracer ? inSpan(tracer.start(start, null), work) : work();
}

async function inSpan<T>(span: Span, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    return await withinSpan(span, async () => work(span));
  } catch (error) {
    span.fail(errorTypeOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/** The code of the error or of its cause, else the class of the error. */
function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return errorCode(error) ?? 'Error';
  return errorCode(error) ?? errorCode(error.cause) ?? error.name;
}
