export type { GivenToken, TokenSource } from './authorization.js';
export type { Call, CallResult, ElementOf, ListPath } from './call.js';
export { type CalendarClient, type ClientOptions, createClient } from './client.js';
export { ConnectionError, isProblem, ProblemError } from './problem.js';
export { PROBLEM_CODES, type ProblemCode } from './problem-code.js';
export type { RetryOptions } from './retries.js';
/** The types of the bodies by their names, such as `Event`, `NewEvent` and `User`. */
export type * from './schema.js';
export type { SessionOptions, SessionTokens } from './session.js';
