export type { TokenSource } from './authorization.js';
export type { Answer, Call, Element, ListPath } from './call.js';
export { type CalendarClient, type ClientOptions, createClient } from './client.js';
export { ConnectionError, type FieldProblem, isProblem, type Problem, ProblemError } from './problem.js';
export { PROBLEM_CODES, type ProblemCode } from './problem-code.js';
export type { RetryOptions } from './retries.js';
export type { components, operations, paths } from './schema.js';
export type { Credentials, SessionOptions, Tokens } from './session.js';
