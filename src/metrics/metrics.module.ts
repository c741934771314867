import { Module } from '@nestjs/common';
import { CacheMetrics } from './cache-metrics.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';

@Module({
  controllers: [MetricsController],
  providers: [CacheMetrics, Metrics],
  exports: [CacheMetrics, Metrics],
})
export class MetricsModule {}
