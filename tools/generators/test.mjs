/** Generates a client with each generator, compiles it, and runs its tour against the built service. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { startService } from './service.mjs';

const GENERATORS = ['openapi-typescript', 'hey-api', 'orval', 'swagger-typescript-api'];

const service = await startService();
const failures = [];
try {
  for (const generator of GENERATORS) {
    await tryOut(generator).then(
      () => process.stdout.write(`${generator}: generated, compiled and run.\n`),
      (error) => failures.push(error instanceof Error ? error : new Error(String(error))),
    );
  }
} finally {
  await service.stop();
}
for (const failure of failures) process.stderr.write(`${failure.stack}\n`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function tryOut(generator) {
  // If the generator writes no files, files of an earlier run would hide the fault.
  for (const made of ['generated', 'dist']) rmSync(`${generator}/${made}`, { recursive: true, force: true });
  const { status } = spawnSync('npm', ['run', '--silent', generator], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${generator}: generating or compiling failed.`);
  const { tour } = await import(`./${generator}/dist/${generator}/tour.js`);
  const remindedId = await tour(service.baseUrl, `${generator}-${Date.now()}`);
  if (remindedId !== undefined) await service.reminderOf(remindedId);
}
