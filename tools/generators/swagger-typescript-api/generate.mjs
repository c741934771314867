import { fileURLToPath } from 'node:url';
import { generateApi } from 'swagger-typescript-api';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

await generateApi({
  input: path('../../../openapi.json'),
  output: path('generated'),
  fileName: 'calendar.ts',
  silent: true,
  hooks: {
    // The generator treats `:accept` as a parameter. The service accepts `%3A` for the colon.
    onPreBuildRoutePath: (route) => route.replace(/:(?=[a-z])/g, '%3A'),
  },
});
