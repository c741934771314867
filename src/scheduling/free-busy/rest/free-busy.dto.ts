import { ApiProperty } from '@nestjs/swagger';
import type { PendingPolicy } from '../../../calendar/availability/free-busy.js';
import { BUSY_KINDS, type BusyKind } from '../../../calendar/availability/kinds/busy-kind.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ChoiceField } from '../../../http/fields/choice-field.js';
import { QueryIdListField } from '../../../http/fields/id-list-field.js';
import { WindowDto } from '../../../http/window.dto.js';
import { MAX_USERS, PENDING_POLICIES } from '../../calendars/calendar-limits.js';
import { SHARING_CODES } from '../free-busy.service.js';

export class FreeBusyQueryDto extends WindowDto {
  @QueryIdListField({
    description: 'The users. Repeat the parameter for each user.',
    example: [1, 2],
    min: 1,
    max: MAX_USERS,
  })
  user_ids!: number[];

  @ChoiceField(PENDING_POLICIES, {
    description:
      'Whether time that is not firm makes the user busy: unanswered and tentative invites, and events with `show_as: tentative`. If the `invitations` setting of the user excludes an unanswered invite, that invite never makes the user busy. Rooms are busy at such time under each policy, since no booking takes it.',
    example: 'busy',
    optional: true,
    default: 'busy',
  })
  pending?: PendingPolicy;
}

@DocumentedAs('BusyInterval', 'An interval in which a user is busy.')
export class BusyIntervalDto {
  @ApiProperty({
    description: 'The start of the interval.',
    format: 'date-time',
    example: '2022-09-06T14:16:47Z',
  })
  start!: string;

  @ApiProperty({
    description: 'The end of the interval, exclusive.',
    format: 'date-time',
    example: '2022-09-06T15:56:47Z',
  })
  end!: string;
}

@DocumentedAs('KindedBusyInterval', 'An interval in which a user is busy with events of one kind.')
export class KindedBusyIntervalDto extends BusyIntervalDto {
  @ApiProperty({
    description:
      'The kind of the time: the `show_as` of the events, and `out_of_office` while the user is away. An event of which the user has an unanswered or tentative invite is `tentative`. If events of several kinds overlap, their common time is of the strongest kind: `out_of_office` is stronger than `busy`, and `busy` is stronger than `tentative`.',
    enum: BUSY_KINDS,
    example: 'busy',
  })
  show_as!: BusyKind;
}

@DocumentedAs('FreeBusy', 'The busy intervals of a user.')
export class FreeBusyDto {
  @ApiProperty({ description: 'The user.', type: 'integer', example: 1 })
  user_id!: number;

  @ApiProperty({
    description:
      'The busy intervals, merged, sorted, and cut at the borders of the window. Time in which the user is away is busy time. Null: no calendar of the user that counts as busy is shared with the caller.',
    type: [BusyIntervalDto],
    nullable: true,
  })
  busy!: BusyIntervalDto[] | null;

  @ApiProperty({
    description:
      'The same time with its kind: intervals that are sorted and disjoint. The time that they cover together is `busy`. An interval ends where the kind changes. Null: `busy` is null.',
    type: [KindedBusyIntervalDto],
    nullable: true,
  })
  intervals!: KindedBusyIntervalDto[] | null;

  @ApiProperty({
    description:
      'Absent: `busy` is complete. `calendar_not_shared`: `busy` is null. `calendar_partly_shared`: `busy` leaves out the calendars that are not shared with the caller.',
    enum: SHARING_CODES,
    required: false,
    example: 'calendar_partly_shared',
  })
  code?: (typeof SHARING_CODES)[number];
}
