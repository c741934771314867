/**
 * Calls the `done` of a hook of Fastify after work that not every request needs. A hook that is an async function makes
 * several promises for each request.
 */
export async function doneAfter(work: Promise<void>, done: (error?: Error) => void): Promise<void> {
  try {
    await work;
  } catch (error) {
    done(error as Error);
    return;
  }
  done();
}
