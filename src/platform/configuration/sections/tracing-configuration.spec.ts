import { describe, expect, test } from '@jest/globals';
import { ConfigurationError } from '../environment/configuration-error.js';
import { readTracing } from './tracing-configuration.js';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('tracing', () => {
  test.each<[string, NodeJS.ProcessEnv]>([
    ['without a collector', { OTEL_SERVICE_NAME: 'calendar' }],
    ['with an empty variable, as Docker Compose passes it', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
    ['with OTEL_SDK_DISABLED', { ...ENDPOINT, OTEL_SDK_DISABLED: 'true' }],
    ['with OTEL_SDK_DISABLED in upper case', { ...ENDPOINT, OTEL_SDK_DISABLED: 'TRUE' }],
    ['without an exporter', { ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }],
  ])('is off %s', (_, environment) => {
    expect(readTracing(environment)).toBeNull();
  });

  test.each<[NodeJS.ProcessEnv, string, string]>([
    [{}, 'http/protobuf', ''],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: '', OTEL_TRACES_SAMPLER: '' }, 'http/protobuf', ''],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, 'http/json', ''],
    [
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' },
      'http/json',
      '',
    ],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a' }, 'http/protobuf', 'api-key=a'],
    [
      { OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a', OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'api-key=b' },
      'http/protobuf',
      'api-key=a,api-key=b',
    ],
    [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' }, 'http/protobuf', ''],
    [{ OTEL_SDK_DISABLED: 'false', OTEL_TRACES_EXPORTER: 'otlp' }, 'http/protobuf', ''],
  ])('is read from %j', (environment, protocol, headers) => {
    expect(readTracing({ ...ENDPOINT, ...environment })).toEqual({ protocol, headers });
  });

  test.each<[NodeJS.ProcessEnv, string]>([
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
      'OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https address, such as http://collector:4318.',
    ],
    [
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'grpc://user:hunter2@collector' },
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT must be an http or https address, such as http://collector:4318.',
    ],
    [
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'OTEL_EXPORTER_OTLP_PROTOCOL must be one of http/protobuf, http/json, not "grpc".',
    ],
    [
      {
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
        OTEL_TRACES_SAMPLER: 'ratio',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'c:1',
      },
      'OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https address, such as http://collector:4318.\n' +
        'OTEL_TRACES_SAMPLER must be one of always_on, always_off, traceidratio, parentbased_always_on, ' +
        'parentbased_always_off, parentbased_traceidratio, not "ratio".\n' +
        'OTEL_EXPORTER_OTLP_PROTOCOL must be one of http/protobuf, http/json, not "grpc".',
    ],
    [
      { OTEL_TRACES_SAMPLER: 'sometimes' },
      'OTEL_TRACES_SAMPLER must be one of always_on, always_off, traceidratio, parentbased_always_on, ' +
        'parentbased_always_off, parentbased_traceidratio, not "sometimes".',
    ],
    [
      { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '10%' },
      'OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not "10%".',
    ],
    [
      { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '1.01' },
      'OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not "1.01".',
    ],
  ])('refuses %j', (environment, message) => {
    expect(() => readTracing({ ...ENDPOINT, ...environment })).toThrow(new ConfigurationError(message));
  });

  test.each([
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'api-key=a,b'],
    ['OTEL_EXPORTER_OTLP_HEADERS', '=a'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'api key=a'],
    ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'a'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'zz'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'team=a,zz'],
    ['OTEL_RESOURCE_ATTRIBUTES', '=a'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'team=a=b'],
  ])('names %s when an entry of it is no pair: %s', (name, value) => {
    const message = `${name} must have the form name=value,name=value.`;
    expect(() => readTracing({ ...ENDPOINT, [name]: value })).toThrow(message);
    expect(() => readTracing({ [name]: value })).toThrow(message);
  });

  test.each([
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=Basic dXNlcjpwYXNz==, x-tenant = a%2Cb,'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment=production,team=a%3Db'],
  ])('accepts pairs in %s', (name, value) => {
    expect(readTracing({ ...ENDPOINT, [name]: value })).not.toBeNull();
  });

  test('names a variable whose percent sign encodes nothing', () => {
    expect(() => readTracing({ ...ENDPOINT, OTEL_RESOURCE_ATTRIBUTES: 'team=100%' })).toThrow(
      'OTEL_RESOURCE_ATTRIBUTES has a % that encodes no character: write %25 for a percent sign.',
    );
  });
});
