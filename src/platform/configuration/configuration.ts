import { GatheredErrors } from './environment/gathered-errors.js';
import { withSecretFiles } from './environment/secret-files.js';
import type { Variables } from './environment/variables.js';
import { type AccessConfiguration, readAccess } from './sections/access-configuration.js';
import { type DatabaseConfiguration, readDatabase } from './sections/database-configuration.js';
import { type DeliveryConfiguration, readDelivery } from './sections/delivery-configuration.js';
import {
  type ListeningConfiguration,
  type NetworkConfiguration,
  readListening,
  readNetwork,
} from './sections/network-configuration.js';
import { type ProcessConfiguration, readProcess } from './sections/process-configuration.js';
import { readTracing, type TracingConfiguration } from './sections/tracing-configuration.js';

/** The configuration of this process, read once from the environment. Nest injects the configuration by this class. */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- Nest injects by a class; the sections have the fields
export abstract class Configuration {
  abstract readonly production: boolean;
  /** Null: no tracing. */
  abstract readonly tracing: TracingConfiguration | null;
}

// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface Configuration
  extends AccessConfiguration,
    DatabaseConfiguration,
    DeliveryConfiguration,
    ListeningConfiguration,
    NetworkConfiguration,
    ProcessConfiguration {}

/**
 * Reads the environment.
 * @param terminal whether the log goes to a terminal
 * @throws {ConfigurationError} with one sentence for each variable that cannot be used
 */
export function readConfiguration(
  environment: Variables,
  terminal: boolean = process.stdout.isTTY,
): Configuration {
  const errors = new GatheredErrors();
  const env = withSecretFiles(environment, errors);
  const production = env.NODE_ENV === 'production';
  const configuration: Configuration = {
    production,
    ...readListening(env, production, errors),
    ...readDatabase(env, errors),
    ...readAccess(env, production, errors),
    ...readProcess(env, production, terminal, errors),
    ...readNetwork(env, errors),
    ...readDelivery(env, errors),
    tracing: errors.of(() => readTracing(env)),
  };
  errors.throwIfAny();
  return Object.freeze(configuration);
}
