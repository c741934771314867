import { isProblem, type ProblemError } from '../../../clients/typescript/src/index.js';

/** The error that the call throws; null if the call succeeds. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => null,
    (error: unknown) => error,
  );
}

/** The problem that the call throws. */
export async function problemOf(call: Promise<unknown>): Promise<ProblemError> {
  const error = await failureOf(call);
  if (!isProblem(error)) throw new Error('The call throws no problem.', { cause: error });
  return error;
}
