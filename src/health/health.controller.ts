import { Controller, Get, HttpCode } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { DocumentedAs } from '../http/document/documented-as.js';
import { ApiProblems } from '../http/problem/api-problems.js';
import { HealthService } from './health.service.js';

@DocumentedAs('Health', 'The state of the service.')
class HealthDto {
  @ApiProperty({
    description: 'Always `ok`. If the service is not ready, the response is a problem.',
    example: 'ok',
  })
  status!: string;
}

@ApiTags('health')
@Access('public', null)
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'getLiveness',
    summary: 'Check that the process responds',
    description:
      'The response depends on nothing but the process. Restart an instance that does not respond.',
  })
  @ApiOkResponse({ description: 'The process responds.', type: HealthDto })
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Check that the service is ready: the database responds and accepts writes',
    description:
      'Send requests to an instance only while it is ready. `code` has the reason why an instance is not ready: `database_unavailable`, `database_read_only` or `shutting_down`.',
  })
  @ApiOkResponse({ description: 'The service is ready.', type: HealthDto })
  @ApiProblems(503)
  async ready(): Promise<HealthDto> {
    await this.health.expectReady();
    return { status: 'ok' };
  }
}
