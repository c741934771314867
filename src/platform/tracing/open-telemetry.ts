import type { IncomingHttpHeaders } from 'node:http';
import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  type Tracer as OtelTracer,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { Span, SpanAttributes, SpanStart, Tracer } from './tracing.js';

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };

/**
 * Makes spans by the SDK of OpenTelemetry. Each span names its parent: the service carries the current span itself, so
 * that neither a context manager nor a change of other modules is needed.
 */
export class OpenTelemetryTracer implements Tracer {
  private readonly propagator = new W3CTraceContextPropagator();

  constructor(private readonly tracer: OtelTracer) {}

  start(span: SpanStart, parent: Span | null): Span {
    return this.startIn(parent instanceof OpenTelemetrySpan ? parent.context : ROOT_CONTEXT, span);
  }

  continue(span: SpanStart, headers: IncomingHttpHeaders): Span {
    return this.startIn(this.propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter), span);
  }

  private startIn(parent: Context, { name, kind, attributes }: SpanStart): Span {
    const span = this.tracer.startSpan(name, { kind: KINDS[kind], attributes: known(attributes) }, parent);
    return new OpenTelemetrySpan(trace.setSpan(parent, span), this.propagator);
  }
}

class OpenTelemetrySpan implements Span {
  private readonly span;
  readonly traceId: string;
  readonly spanId: string;

  constructor(
    readonly context: Context,
    private readonly propagator: W3CTraceContextPropagator,
  ) {
    const span = trace.getSpan(context);
    if (!span) throw new Error('The context has no span.');
    this.span = span;
    ({ traceId: this.traceId, spanId: this.spanId } = span.spanContext());
  }

  get headers(): Record<string, string> {
    const headers: Record<string, string> = {};
    this.propagator.inject(this.context, headers, defaultTextMapSetter);
    return headers;
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  set(attributes: SpanAttributes): void {
    this.span.setAttributes(known(attributes));
  }

  fail(errorType: string): void {
    this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.span.setAttribute('error.type', errorType);
  }

  end(): void {
    this.span.end();
  }
}

/** The attributes that have a value. */
function known(attributes: SpanAttributes): Record<string, string | number> {
  const entries = Object.entries(attributes);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}
