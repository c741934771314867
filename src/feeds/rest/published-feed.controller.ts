import { Controller, Get, Param, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { CALENDAR_TEXT_TYPE } from '../../http/body/calendar-body.js';
import { isNotModified, tagOfDigest } from '../../http/caching/entity-tag.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { CALENDAR_TYPE } from '../../http/routing/accepted-type.js';
import { streamedCalendar } from '../../icalendar/rest/calendar-response.js';
import { FEED_TOKEN_LENGTH } from '../model/feed-token.js';
import { PublishedFeeds } from '../read/published-feeds.service.js';

@ApiTags('feeds')
@Access('public', null)
@Controller('feeds/:token')
export class PublishedFeedController {
  constructor(private readonly feeds: PublishedFeeds) {}

  @Get('calendar.ics')
  @ApiOperation({
    operationId: 'getFeed',
    summary: 'Read a feed as iCalendar',
    description:
      'For calendar programs, which read the address now and then. The address is the secret, so the request needs no token. Cancelled events are absent, and cancelled occurrences are dates that the series leaves out. A private event is "Busy", unless the feed has `include_private`. A program that sends the `ETag` of its last response as `If-None-Match` gets a 304 while nothing has changed. The address of a deleted feed, and of a feed of a deleted calendar, is unknown (404 `feed_not_found`).',
  })
  @ApiParam({
    name: 'token',
    description: 'The secret of the feed.',
    schema: { type: 'string', maxLength: FEED_TOKEN_LENGTH },
  })
  @ApiOkResponse({
    description: 'The calendar (RFC 5545).',
    content: { [CALENDAR_TYPE]: { schema: { type: 'string' } } },
  })
  @ApiProblems(404)
  async read(
    @Param('token') token: string,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const { digest, text } = await this.feeds.read(token);
    const tag = tagOfDigest(digest);
    reply.header('etag', tag).header('x-robots-tag', 'noindex');
    if (isNotModified(headers['if-none-match'], tag)) {
      reply.status(304);
      return undefined;
    }
    return Buffer.isBuffer(text)
      ? new StreamableFile(text, { type: CALENDAR_TEXT_TYPE, length: text.length })
      : streamedCalendar(text);
  }
}
