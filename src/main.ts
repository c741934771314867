import { readConfiguration } from './common/configuration.js';

readConfiguration(process.env);
