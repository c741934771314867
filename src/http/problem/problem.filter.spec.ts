import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ArgumentsHost, HttpException, Logger } from '@nestjs/common';
import { fastify } from 'fastify';
import { CalendarError } from '../../calendar/calendar-error.js';
import { DomainError, type ErrorKind, invalidInput } from '../../errors/domain-error.js';
import { DependencyUnavailable, timedOut } from '../../errors/service-unavailable.js';
import { TooManyAttemptsError } from '../../errors/too-many-attempts-error.js';
import { InvalidToken, UnauthenticatedError } from '../../errors/unauthenticated-error.js';
import { ProblemFilter } from './problem.filter.js';
import { ProblemException } from './problem-exception.js';

/** What a client sees of an error. */
async function rendered(error: unknown) {
  const app = fastify();
  app.decorate('urlPrefix', '');
  const filter = new ProblemFilter();
  const render: (thrown: unknown, host: ArgumentsHost) => void = filter.catch.bind(filter);
  app.setErrorHandler((_, request, reply) => {
    const http = { getRequest: () => request, getResponse: () => reply };
    render(error, { switchToHttp: () => http } as unknown as ArgumentsHost);
  });
  app.get('/', () => {
    throw new Error('to be replaced');
  });
  const { headers, ...response } = await app.inject('/');
  await app.close();
  return { headers, body: response.json() as Record<string, unknown>, status: response.statusCode };
}

describe('an error is rendered', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(['error', 'warn', 'log']));

  test.each<[ErrorKind, number]>([
    ['invalid', 400],
    ['limit-exceeded', 400],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['key-in-use', 409],
    ['precondition-failed', 412],
    ['key-reused', 422],
    ['quota-exceeded', 429],
  ])('of kind %s as %d', async (kind, status) => {
    const { body, headers } = await rendered(new DomainError(kind, 'a_code', 'A sentence.'));
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status, code: 'a_code', detail: 'A sentence.', instance: '/' });
  });

  test('with the fields at fault', async () => {
    const { body } = await rendered(invalidInput({ field: 'name', message: 'is required' }));
    expect(body.errors).toEqual([{ field: 'name', message: 'is required' }]);
  });

  test.each([
    [new InvalidToken(), 401, { 'www-authenticate': 'Bearer realm="calendar", error="invalid_token"' }],
    [
      new UnauthenticatedError('token_required', 'No.'),
      401,
      { 'www-authenticate': 'Bearer realm="calendar"' },
    ],
    [new TooManyAttemptsError('too_many_attempts', 'Too many.', 30), 429, { 'retry-after': '30' }],
    [timedOut(), 503, { 'retry-after': '1' }],
    [new DependencyUnavailable('The mail server does not answer.'), 503, { 'retry-after': '1' }],
    [new CalendarError('limit-exceeded', 'too_many', 'Too many.'), 400, {}],
    [new ProblemException(415, 'unsupported_media_type', 'No.'), 415, {}],
    [new HttpException('Not here.', 404), 404, {}],
    [Object.assign(new Error('Too large.'), { statusCode: 413 }), 413, {}],
  ])('with its headers: %s', async (error, expected, headers) => {
    const response = await rendered(error);
    expect([response.status, response.body.status]).toEqual([expected, expected]);
    expect(response.headers).toMatchObject(headers);
  });

  test.each([new Error('secret'), 'secret', null, { statusCode: 200, message: 'secret' }])(
    'without its text if no code foresaw it: %p',
    async (error) => {
      const { status, body } = await rendered(error);
      expect(status).toBe(500);
      expect(body.code).toBe('internal_error');
      expect(JSON.stringify(body)).not.toContain('secret');
    },
  );
});
