import { type DynamicModule, Module } from '@nestjs/common';
import { Configuration } from './common/configuration.js';
import { ConfigurationModule } from './common/configuration.module.js';
import { DatabaseModule } from './database/database.module.js';

@Module({})
export class AppModule {
  static of(configuration: Configuration): DynamicModule {
    return {
      module: AppModule,
      imports: [ConfigurationModule.of(configuration), DatabaseModule],
    };
  }
}
