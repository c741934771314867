import { ConfigurationError } from '../../platform/configuration/environment/configuration-error.js';

/** The database cannot serve as it is; the message says in one sentence what to do. */
export class UnusableDatabaseError extends ConfigurationError {}
