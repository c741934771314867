import { DataSource } from 'typeorm';
import { dataSourceOptions } from './src/data-source-options.js';
import { readConfiguration } from './src/platform/configuration/configuration.js';

const configuration = readConfiguration(process.env);
const url = configuration.databaseDirectUrl ?? configuration.databaseUrl;
if (url === null) throw new Error('The TypeORM CLI needs DATABASE_URL.');

/** The one DataSource of the TypeORM command line, after `npm run build`: `typeorm -d dist/ormconfig.js …`. */
export default new DataSource(
  dataSourceOptions(url, {
    schema: configuration.databaseSchema,
    pooler: configuration.databaseDirectUrl === null ? configuration.databasePooler : 'none',
  }),
);
