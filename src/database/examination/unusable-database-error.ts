import { ConfigurationError } from '../../platform/configuration/environment/configuration-error.js';

/** The database cannot serve as it is. The message has the reason and the remedy, in one sentence. */
export class UnusableDatabaseError extends ConfigurationError {}
