import type { OpenAPIObject } from '@nestjs/swagger';
import { ACT_AS_USER, KEY_SCHEME } from '../../access/access.decorator.js';
import { invalidInput, notFound } from '../../errors/domain-error.js';
import { InvalidToken } from '../../errors/unauthenticated-error.js';
import { integerFault } from '../../http/fields/integer-field.js';
import { type Problem, problem } from '../../http/problem/problem.js';
import { withoutFeedToken } from '../../http/routing/public-url.js';
import { keyInUse, keyReused } from '../../idempotency/key-errors.js';
import { preconditionFailed } from '../../platform/precondition.js';
import { MAX_ID } from '../../platform/values/max-id.js';
import { type Operation, operationsOf } from './operations.js';
import { ABSENT_ID } from './steps/refusals.js';
import type { ProblemExample } from './steps/step.js';
import { STEPS } from './story.js';

/** A text in place of an id, in the path of a request that the service refuses with 400. */
const NO_ID = 'x';

const PROBLEM = 'application/problem+json';

/** The problems that are the same for all operations. */
function commonProblems(): Readonly<Record<string, ProblemExample>> {
  const [token, inUse, changed, reused] = [new InvalidToken(), keyInUse(), preconditionFailed(), keyReused()];
  return {
    401: { code: token.code, detail: token.detail },
    409: { code: inUse.code, detail: inUse.detail },
    412: { code: changed.code, detail: changed.detail },
    422: { code: reused.code, detail: reused.detail },
    429: { code: 'too_many_requests', detail: 'Too many requests.' },
    503: { code: 'database_unavailable', detail: 'The database is not available at the moment.' },
  };
}

/**
 * Shows a problem of the service with each status of an operation. Without a problem in the step, 400 has a malformed
 * id in the path, and 404 a key that acts as a user who does not exist.
 * @throws {Error} if a status has no problem
 */
export function showProblems(document: OpenAPIObject): void {
  const common = commonProblems();
  for (const [path, operation] of operationsOf(document)) {
    const { problems = {} } = STEPS.get(operation.operationId ?? '') ?? {};
    for (const [status, response] of Object.entries(operation.responses)) {
      const media = response && 'content' in response ? response.content?.[PROBLEM] : undefined;
      if (media === undefined) continue;
      media.example = exampleOf(
        path,
        operation,
        Number(status),
        problems[Number(status)] ?? ofKey(operation, status) ?? common[status],
      );
    }
  }
}

/** The problem of a key: 403 without the scope of the operation, and 404 as a user who does not exist. */
function ofKey({ security = [], parameters = [] }: Operation, status: string): ProblemExample | undefined {
  const scope = security.flatMap((scheme) => scheme[KEY_SCHEME] ?? [])[0];
  if (scope !== undefined && status === '403')
    return { code: 'scope_missing', detail: `The API key lacks the scope \`${scope}\`.` };
  const namesUser = parameters.some((parameter) => 'name' in parameter && parameter.name === ACT_AS_USER);
  return namesUser && status === '404' ? notFound('user', ABSENT_ID) : undefined;
}

function exampleOf(path: string, operation: Operation, status: number, given?: ProblemExample): Problem {
  const { operationId, parameters = [] } = operation;
  const ids = parameters.flatMap((parameter) =>
    'name' in parameter && parameter.in === 'path' && parameter.name.endsWith('_id') ? [parameter.name] : [],
  );
  const [first] = ids;
  if (given === undefined && status === 400 && first !== undefined) {
    const { code, detail, errors } = invalidInput({
      field: first,
      message: integerFault(NO_ID, 1, MAX_ID) ?? '',
    });
    return problem(status, code, detail, pathOf(path, operation, { [first]: NO_ID }), errors);
  }
  if (given === undefined) throw new Error(`The story has no problem of status ${status} of ${operationId}.`);
  const { code, detail, errors, members } = given;
  const absent = status === 404 ? Object.fromEntries(ids.slice(-1).map((name) => [name, ABSENT_ID])) : {};
  return problem(status, code, detail, withoutFeedToken(pathOf(path, operation, absent)), errors, members);
}

function pathOf(
  path: string,
  { parameters = [] }: Operation,
  others: Readonly<Record<string, unknown>>,
): string {
  return parameters.reduce((filled, parameter) => {
    if (!('name' in parameter) || parameter.in !== 'path') return filled;
    const value = others[parameter.name] ?? parameter.example;
    return filled.replace(`{${parameter.name}}`, String(value));
  }, path);
}
