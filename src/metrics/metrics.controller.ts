import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { Metrics } from './metrics.js';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

@ApiTags('health')
@Access('public', null)
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('Content-Type', CONTENT_TYPE)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'getMetrics',
    summary: 'Read the metrics of this instance, for Prometheus',
    description:
      'Requests by route, the connections to the database, and the event loop. Do not expose this path to the public internet.',
  })
  @ApiOkResponse({
    description: 'Metrics in the text format of Prometheus.',
    content: {
      'text/plain': {
        schema: { type: 'string' },
        example: '# HELP http_requests_in_service Requests that are being served.',
      },
    },
  })
  async get(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
