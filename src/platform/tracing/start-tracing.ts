import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { parseKeyPairsIntoRecord } from '@opentelemetry/core';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { SECOND } from '../../calendar/time/civil-time.js';
import type { TracingConfiguration } from '../configuration/sections/tracing-configuration.js';
import { OpenTelemetryTracer } from './open-telemetry.js';
import { ReportingExporter } from './reporting-exporter.js';
import { useTracer } from './tracing.js';

const SERVICE_NAME = 'calendar-backend';

/**
 * Milliseconds. A collector that works takes the last spans at once. A collector that hangs must not delay the end of
 * the process.
 */
const FLUSH_TIMEOUT = 2 * SECOND;

/**
 * Makes spans from now on, and sends them to the collector. Nothing waits for the collector: the SDK keeps at most 2,048
 * spans for the collector (`OTEL_BSP_MAX_QUEUE_SIZE`) and drops the others.
 * @returns a function that sends the last spans and ends tracing, within `FLUSH_TIMEOUT`
 */
export function startTracing(configuration: TracingConfiguration): () => Promise<void> {
  const exporter = new ReportingExporter(exporterOf(configuration), new Logger('Tracing'));
  const provider = new BasicTracerProvider({
    resource: resourceOfService(),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  useTracer(new OpenTelemetryTracer(provider.getTracer(SERVICE_NAME)));
  return async () => {
    useTracer(null);
    const ended = provider.shutdown().catch(() => undefined);
    await Promise.race([ended, sleep(FLUSH_TIMEOUT)]);
  };
}

function exporterOf({ protocol, headers }: TracingConfiguration): SpanExporter {
  const options = { headers: parseKeyPairsIntoRecord(headers) };
  return protocol === 'http/json' ? new JsonExporter(options) : new ProtobufExporter(options);
}

/** `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` replace attributes of the service. */
function resourceOfService(): Resource {
  const own = { 'service.name': SERVICE_NAME, 'service.instance.id': randomUUID() };
  return defaultResource()
    .merge(resourceFromAttributes(own))
    .merge(detectResources({ detectors: [envDetector] }));
}
