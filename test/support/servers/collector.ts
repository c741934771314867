import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { endServer, listenOnLoopback } from './loopback.js';

/** A request of an exporter (OTLP/HTTP). */
export interface ReceivedExport {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A span as the collector got it. */
export interface ReceivedSpan {
  readonly name: string;
  /** 1: internal, 2: server, 3: client. */
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  /** 0: unset, 2: error. */
  readonly status: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
}

/** Takes spans as a collector of OpenTelemetry does, responds with 400, or never responds. */
export class Collector {
  readonly exports: ReceivedExport[] = [];
  behaviour: 'success' | 'failure' | 'never' = 'success';
  private readonly waiting = new Set<() => void>();
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      this.exports.push({ path, headers, body: Buffer.concat(chunks) });
      this.respond(response);
      for (const look of this.waiting) look();
    });
  });

  /** @returns the address for `OTEL_EXPORTER_OTLP_ENDPOINT` */
  async start(): Promise<string> {
    return `http://127.0.0.1:${await listenOnLoopback(this.server)}`;
  }

  async stop(): Promise<void> {
    await endServer(this.server);
  }

  /** The spans of the exports in JSON. */
  get spans(): ReceivedSpan[] {
    return this.exports.flatMap(({ body }) => spansOf(JSON.parse(body.toString())));
  }

  /** Resolves when `condition` holds after an export. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
    });
  }

  /** The first span for which `matches` holds, once it has arrived. */
  async span(matches: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan> {
    await this.until(() => this.spans.some(matches));
    return this.spans.find(matches) as ReceivedSpan;
  }

  private respond(response: ServerResponse): void {
    if (this.behaviour === 'never') return;
    const status = this.behaviour === 'success' ? 200 : 400;
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  }
}

/** A value of OTLP in JSON: an integer is text there. */
interface Attribute {
  readonly key: string;
  readonly value: {
    readonly stringValue?: string;
    readonly intValue?: string;
    readonly doubleValue?: number;
  };
}

type SentSpan = Omit<ReceivedSpan, 'status' | 'attributes' | 'resource'> & {
  readonly status?: { readonly code?: number };
  readonly attributes: readonly Attribute[];
};

/** The body of an export in JSON. */
interface ExportedSpans {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

function spansOf({ resourceSpans }: ExportedSpans): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ status, attributes, ...span }) => ({
        ...span,
        status: status?.code ?? 0,
        attributes: valuesOf(attributes),
        resource: valuesOf(resource.attributes),
      })),
    ),
  );
}

function valuesOf(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.stringValue ?? Number(value.intValue ?? value.doubleValue),
    ]),
  );
}
