import { describe, expect, test } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { isProbe } from './probes.js';
import { urlOf, urlOfProblem } from './public-url.js';
import { routeName } from './route-name.js';

function requestOf(url: string, route?: string, urlPrefix = ''): FastifyRequest {
  return { url, routeOptions: { url: route }, server: { urlPrefix } } as unknown as FastifyRequest;
}

describe('a request', () => {
  test.each([
    ['/events/:event_id', '/events/{event_id}'],
    ['/event-invites/:invite_id(^.+)::accept', '/event-invites/{invite_id}:accept'],
    ['/users/:user_id/events', '/users/{user_id}/events'],
    ['/users', '/users'],
  ])('of the route %s has the name %s', (route, name) => {
    expect(routeName(requestOf('/', route))).toBe(name);
  });

  test('without a route has no name', () => {
    expect(routeName(requestOf('/none'))).toBeNull();
  });

  test.each([
    ['/events?limit=1', '', '/events'],
    ['/events', 'https://example.com/calendar', 'https://example.com/calendar/events'],
    ['//evil.example/events', '', '/evil.example/events'],
    ['/\\evil.example', '', '/evil.example'],
    ['*', '', '/'],
  ])('for %s with the prefix %p has the URL %s', (url, prefix, expected) => {
    expect(urlOf(requestOf(url, undefined, prefix))).toBe(expected);
  });

  test.each([
    ['/feeds/feed_abc/calendar.ics', '/feeds/[secret]/calendar.ics'],
    ['//feeds//%66eed_abc/calendar.ics?a=b', '/feeds//[secret]/calendar.ics'],
    ['/FEEDS/x', '/FEEDS/[secret]'],
    ['/events/feed_abc', '/events/[secret]'],
    ['/calendars/1/feeds', '/calendars/1/feeds'],
    ['/calendars/1/feeds/7', '/calendars/1/feeds/7'],
    ['/calendars/feed_abc/feeds/7', '/calendars/[secret]/feeds/7'],
  ])('for %s has a problem at %s', (url, instance) => {
    expect(urlOfProblem(requestOf(url))).toBe(instance);
  });

  test.each([
    ['/health/ready', true],
    ['/metrics', true],
    ['/health', false],
    [undefined, false],
  ])('of the route %s is a probe: %s', (route, expected) => {
    expect(isProbe(requestOf('/', route))).toBe(expected);
  });
});
