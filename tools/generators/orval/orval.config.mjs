import { defineConfig } from 'orval';

export default defineConfig({
  calendar: {
    input: '../../../openapi.json',
    output: {
      client: 'fetch',
      mode: 'single',
      target: 'generated/calendar.ts',
      override: { mutator: { path: 'calendar-fetch.ts', name: 'calendarFetch' } },
    },
  },
});
