import { register } from 'node:module';

// Node.js preloads this file by `--import`.
register(new URL('replaced-modules.js', import.meta.url), {
  data: JSON.parse(process.env.BENCH_WITHOUT ?? '{}'),
});
