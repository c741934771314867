import { type DynamicModule, Module } from '@nestjs/common';
import { Configuration } from './configuration.js';

/** Gives every module the configuration that the process was started with. */
@Module({})
export class ConfigurationModule {
  static of(configuration: Configuration): DynamicModule {
    return {
      module: ConfigurationModule,
      global: true,
      providers: [{ provide: Configuration, useValue: configuration }],
      exports: [Configuration],
    };
  }
}
