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
@Access('public')
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'getLiveness',
    summary: 'Whether the process answers',
    description: 'It depends on nothing else. Restart an instance that does not respond.',
  })
  @ApiOkResponse({ description: 'It does.', type: HealthDto })
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Whether requests can be served: the database answers and takes writes',
    description:
      'Send requests to an instance only while it is ready. `code` has the reason why an instance is not ready: `database_unavailable`, `database_read_only` or `shutting_down`.',
  })
  @ApiOkResponse({ description: 'They can.', type: HealthDto })
  @ApiProblems(503)
  async ready(): Promise<HealthDto> {
    await this.health.expectReady();
    return { status: 'ok' };
  }
}
