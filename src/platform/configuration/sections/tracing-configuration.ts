import { ConfigurationError } from '../environment/configuration-error.js';
import { GatheredErrors } from '../environment/gathered-errors.js';
import type { Variables } from '../environment/variables.js';
import { expectPercentEncoded } from '../environment/web-address.js';

export const TRACING_PROTOCOLS = ['http/protobuf', 'http/json'] as const;
export type TracingProtocol = (typeof TRACING_PROTOCOLS)[number];

/** The samplers of the SDK; without the variable it uses `parentbased_always_on`. */
const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
];

/**
 * The variables of the form `name=value,name=value`, and the form of an entry. The SDK silently drops an entry of another
 * form, or all attributes. Headers have the names of HTTP (RFC 9110 §5.6.2).
 */
const PAIR_VARIABLES = {
  OTEL_EXPORTER_OTLP_HEADERS: /^\s*[\w.!#$&'*+/^`|~-]+\s*=/,
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: /^\s*[\w.!#$&'*+/^`|~-]+\s*=/,
  OTEL_RESOURCE_ATTRIBUTES: /^\s*[^=\s][^=]*=[^=]*$/,
} as const;

/** How spans reach the collector. The SDK of OpenTelemetry reads the address and every other variable itself. */
export interface TracingConfiguration {
  readonly protocol: TracingProtocol;
  /** Headers of each request to the collector, in the form `name=value,name=value`. */
  readonly headers: string;
}

/**
 * Reads the standard variables of OpenTelemetry. Null, and so no tracing, without `OTEL_EXPORTER_OTLP_ENDPOINT`, with
 * `OTEL_SDK_DISABLED=true` and with `OTEL_TRACES_EXPORTER=none`.
 * @throws {ConfigurationError}
 */
export function readTracing(env: Variables): TracingConfiguration | null {
  // The forms for traces alone are standard too.
  const standard: NodeJS.ProcessEnv = env;
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT?.trim();
  const disabled = env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true';
  if (disabled || standard.OTEL_TRACES_EXPORTER?.trim() === 'none') return null;
  const errors = new GatheredErrors();
  for (const [name, form] of Object.entries(PAIR_VARIABLES))
    errors.of(() => expectPairs(name, form, standard[name]));
  if (!endpoint) {
    errors.throwIfAny();
    return null;
  }
  errors.of(() => expectHttp('OTEL_EXPORTER_OTLP_ENDPOINT', endpoint));
  const tracesEndpoint = standard.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?.trim();
  if (tracesEndpoint) errors.of(() => expectHttp('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', tracesEndpoint));
  errors.of(() => expectSampler(env));
  const protocol = errors.of(() => readProtocol(standard));
  errors.throwIfAny();
  return {
    protocol,
    // Of two headers of one name the last counts, which is the one for traces.
    headers: [env.OTEL_EXPORTER_OTLP_HEADERS, standard.OTEL_EXPORTER_OTLP_TRACES_HEADERS]
      .filter(Boolean)
      .join(','),
  };
}

/** The address may hold a password, so the message does not repeat it. */
function expectHttp(name: string, endpoint: string): void {
  const protocol = URL.canParse(endpoint) ? new URL(endpoint).protocol : null;
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new ConfigurationError(`${name} must be an http or https address, such as http://collector:4318.`);
}

/** The headers may hold a token, so the message does not repeat the value. */
function expectPairs(name: string, form: RegExp, value = ''): void {
  const entries = value.split(',').filter((entry) => entry.trim() !== '');
  if (!entries.every((entry) => form.test(entry)))
    throw new ConfigurationError(`${name} must have the form name=value,name=value.`);
  expectPercentEncoded(name, value);
}

function readProtocol(env: NodeJS.ProcessEnv): TracingProtocol {
  const ofTraces = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL?.trim();
  const name = ofTraces ? 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL' : 'OTEL_EXPORTER_OTLP_PROTOCOL';
  const value = ofTraces || env.OTEL_EXPORTER_OTLP_PROTOCOL?.trim() || 'http/protobuf';
  const protocol = TRACING_PROTOCOLS.find((known) => known === value);
  if (protocol === undefined)
    throw new ConfigurationError(`${name} must be one of ${TRACING_PROTOCOLS.join(', ')}, not "${value}".`);
  return protocol;
}

function expectSampler({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio }: Variables): void {
  if (sampler?.trim() && !SAMPLERS.includes(sampler.trim())) {
    throw new ConfigurationError(
      `OTEL_TRACES_SAMPLER must be one of ${SAMPLERS.join(', ')}, not "${sampler}".`,
    );
  }
  if (sampler?.includes('ratio') && ratio?.trim() && !(Number(ratio) >= 0 && Number(ratio) <= 1))
    throw new ConfigurationError(`OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not "${ratio}".`);
}
