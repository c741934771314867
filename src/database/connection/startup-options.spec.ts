import { expect, test } from '@jest/globals';
import { Client } from 'pg';
import { addStartupOptions } from './startup-options.js';

const ADDRESS = 'postgres://ann@localhost/calendar';
const OF_ADDRESS = `${ADDRESS}?options=${encodeURIComponent('-c jit=on')}`;

test.each([
  [ADDRESS, '-c a=1', '-c a=1'],
  [OF_ADDRESS, '-c a=1', '-c jit=on -c a=1'],
  [OF_ADDRESS, null, '-c jit=on'],
])('a client of %s with the options %p sends %p', (connectionString, options, sent) => {
  const client = new Client({ connectionString });
  addStartupOptions(client, options);
  expect(client).toMatchObject({ connectionParameters: { options: sent } });
});
