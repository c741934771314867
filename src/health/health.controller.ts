import { Controller, Get, HttpCode, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Access } from '../access/access.decorator.js';
import { ApiProblems } from '../common/problem/api-problems.js';

class HealthDto {
  @ApiProperty({ description: 'Always `ok`: what is not answers with a problem.', example: 'ok' })
  status!: string;
}

@ApiTags('health')
@Access('public')
@Controller('health')
export class HealthController {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  @Get('live')
  @HttpCode(200)
  @ApiOperation({ operationId: 'getLiveness', summary: 'Whether the process answers' })
  @ApiOkResponse({ description: 'It does.', type: HealthDto })
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Whether requests can be served: the database answers',
  })
  @ApiOkResponse({ description: 'They can.', type: HealthDto })
  @ApiProblems(503)
  async ready(): Promise<HealthDto> {
    await this.dataSource.query('SELECT 1').catch(() => {
      throw new ServiceUnavailableException('The database does not answer.');
    });
    return { status: 'ok' };
  }
}
