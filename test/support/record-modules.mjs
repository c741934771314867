import { appendFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';

/**
 * Preloaded by `node --import`, writes the name of each module that the process loads, by `import` or by `require`, to the
 * file of RECORDED_MODULES. This file is also the hook of `import`, which Node.js runs in a thread of its own.
 */
const file = process.env.RECORDED_MODULES;

export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  appendFileSync(file, `import ${resolved.url}\n`);
  return resolved;
}

if (!import.meta.url.endsWith('?hooks')) {
  register(`${import.meta.url}?hooks`);
  const { cache } = createRequire(import.meta.url);
  process.on('exit', () => {
    for (const path of Object.keys(cache)) appendFileSync(file, `require ${path}\n`);
  });
}
