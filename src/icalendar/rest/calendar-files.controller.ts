import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Post,
  Query,
  Req,
  Res,
  type StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { UserPathId } from '../../access/user-path-id.js';
import { SECOND } from '../../calendar/time/civil-time.js';
import { IMPORT_BODY_LIMIT } from '../../http/body/calendar-body.js';
import { PathId } from '../../http/fields/path-id.js';
import { Deadline } from '../../http/load/deadline.js';
import { ApiProblem, ApiProblems } from '../../http/problem/api-problems.js';
import { CALENDAR_TYPE } from '../../http/routing/accepted-type.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { CalendarFiles } from '../export/calendar-files.service.js';
import { CalendarImport } from '../import/calendar-import.service.js';
import { calendarResponse } from './calendar-response.js';
import { ImportEventsDto, ImportResultsDto } from './import.dto.js';
import { toImportCommand, toImportResultsDto } from './import.mapper.js';
import { ImportBodyInterceptor } from './import-body.interceptor.js';
import { MAX_WAITING_FILE_BYTES } from './waiting-files.js';

/**
 * Milliseconds of an import. Proxies, and the service itself, close a connection without traffic after a minute, so a longer
 * time would lose the response. The largest file takes less on an idle server. A client that repeats the request goes on
 * where the import ended: the objects that are stored are `unchanged`.
 * @public `docs/limits.md` lists it.
 */
export const MAX_IMPORT_TIME_MS = 50_000;

/** What a client has to know of an import that did not end in time. */
const UNFINISHED =
  'Objects of the file may be stored, each whole. With an `Idempotency-Key`, none is. ' +
  'Send the same file again, without a key: the objects that are stored are `unchanged`, and the import goes on with the others.';

/** A large file is written as a whole before its first byte is sent. */
const EXPORT_DEADLINE = { milliseconds: MAX_IMPORT_TIME_MS, detail: 'The export took too long.' };

const EXPORTED_FILE = {
  description: 'A file of iCalendar (RFC 5545).',
  schema: { type: 'string' },
} as const;

const IMPORTED_FILE = {
  ...EXPORTED_FILE,
  schema: { ...EXPORTED_FILE.schema, maxLength: IMPORT_BODY_LIMIT },
} as const;

const EXPORTED =
  'All events, cancelled ones too, by id. Events that the caller may see as times alone have the title "Busy" and a UID of their own; of a series, these are the times of 400 days from the month before, or from its start if that is later. ' +
  'Only a caller who may act for the owner of an event gets what the service keeps beside its fields: alarms, attachments, and properties and parameters that it does not know. ' +
  `The file has an \`ETag\`. A file that has more than ${MAX_WAITING_FILE_BYTES / 2 ** 20} MiB when it is compressed is written again while the client reads it: if the events change meanwhile, the connection ends before the file does.`;

@ApiTags('files')
@UseInterceptors(new WireNamesInterceptor({ calendar: 'calendar_id' }))
@Controller()
export class CalendarFilesController {
  constructor(
    private readonly files: CalendarFiles,
    private readonly imports: CalendarImport,
  ) {}

  @Get('users/:user_id/events.ics')
  @Deadline(EXPORT_DEADLINE)
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'exportUserEvents',
    summary: "Export a user's events as iCalendar",
    description: EXPORTED,
  })
  @ApiProduces(CALENDAR_TYPE)
  @ApiOkResponse(EXPORTED_FILE)
  @ApiProblems(400, 404)
  async ofUser(
    @UserPathId() userId: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | StreamableFile | undefined> {
    return calendarResponse(request, reply, async () => this.files.ofUser(userId));
  }

  @Get('calendars/:calendar_id/events.ics')
  @Deadline(EXPORT_DEADLINE)
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'exportCalendarEvents',
    summary: 'Export the events of a calendar as iCalendar',
    description: EXPORTED,
  })
  @ApiProduces(CALENDAR_TYPE)
  @ApiOkResponse(EXPORTED_FILE)
  @ApiProblems(400, 404)
  async ofCalendar(
    @PathId('calendar_id') id: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | StreamableFile | undefined> {
    return calendarResponse(request, reply, async () => this.files.ofCalendar(id));
  }

  @Post('users/:user_id/events::import')
  @HttpCode(200)
  @Idempotent()
  // Below the line above, so that the body is there when the key is compared.
  @UseInterceptors(ImportBodyInterceptor)
  @Deadline({
    milliseconds: MAX_IMPORT_TIME_MS,
    detail: `The import took longer than ${MAX_IMPORT_TIME_MS / SECOND} s. ${UNFINISHED}`,
  })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'importEvents',
    summary: 'Import a file of iCalendar',
    description:
      'The user owns the created events. Each object, which is all components of one UID, is stored whole or not at all, and has its own result. ' +
      'UIDs are unique over the calendars of a user. An object that the user has already, and that is equal apart from DTSTAMP, is `unchanged`; `on_duplicate` decides about others. ' +
      'An object that an equal one in another calendar has is moved by `replace` with `calendar_id`. ' +
      'The organizer and the attendees of the file are kept as guests, users too. An import invites nobody, mails nobody, takes the time of nobody but the user, and books no room: a room declines an event that the file moves to another time. A conflict refuses nothing. ' +
      'The service ignores METHOD. 400 `invalid_icalendar`: the body is no iCalendar at all, or a component has no end; the detail names the line. ' +
      `A body may have ${IMPORT_BODY_LIMIT / 2 ** 20} MiB, and the service reads it when it has checked the caller. ` +
      `An import may take ${MAX_IMPORT_TIME_MS / SECOND} s. ` +
      'An import whose client has closed the connection stops after the objects that it is writing. After a 503 or a lost connection, send the same file again.',
  })
  @ApiConsumes(CALENDAR_TYPE)
  @ApiBody(IMPORTED_FILE)
  @ApiOkResponse({ description: 'The results.', type: ImportResultsDto })
  @ApiProblems(400, 403, 404)
  @ApiProblem(
    503,
    `The service cannot respond at the moment (\`timed_out\`: the import took longer than ${MAX_IMPORT_TIME_MS / SECOND} s). ${UNFINISHED}`,
  )
  async import(
    @UserPathId() userId: number,
    @Query() query: ImportEventsDto,
    @Body() file: Buffer | undefined,
    @Headers('content-type') contentType: string | undefined,
  ): Promise<ImportResultsDto> {
    return toImportResultsDto(await this.imports.import(toImportCommand(userId, query, file, contentType)));
  }
}
