/** The least that the two frameworks need for the measured response: `bare-instance.js fastify|nest`. */
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { fastify } from 'fastify';

const ANSWER = [{ user_id: 1, busy: [], intervals: [] }];

@Controller()
class BareController {
  @Get('free-busy')
  async get(): Promise<object> {
    return ANSWER;
  }

  @Get('health/ready')
  async ready(): Promise<object> {
    return {};
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

const [framework] = process.argv.slice(2);
const port = Number(process.env.PORT);
if (framework === 'nest') {
  const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), {
    logger: false,
  });
  await app.listen(port, '127.0.0.1');
} else {
  const server = fastify();
  server.get('/free-busy', async () => ANSWER);
  server.get('/health/ready', async () => ({}));
  await server.listen({ port, host: '127.0.0.1' });
}
process.on('SIGTERM', () => process.exit());
