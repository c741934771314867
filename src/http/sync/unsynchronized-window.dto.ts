import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { WindowDto } from '../window.dto.js';
import type { OptionalSyncTokenDto } from './sync-token.dto.js';

/** Lets a parameter be absent beside `sync_token`, and only then. */
function AbsentBesideSyncToken(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ required: false }),
    ValidateIf(
      ({ sync_token }: OptionalSyncTokenDto, value: unknown) =>
        sync_token === undefined || value !== undefined,
    ),
  );
}

/** The window of a list. It is required unless the list is incremental. */
export class UnsynchronizedWindowDto extends WindowDto {
  @AbsentBesideSyncToken()
  override from!: string;

  @AbsentBesideSyncToken()
  override to!: string;
}
