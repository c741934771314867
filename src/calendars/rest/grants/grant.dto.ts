import { ApiProperty } from '@nestjs/swagger';
import { ChangesBody } from '../../../http/body/changes-body.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ChoiceField, FlagField } from '../../../http/fields/choice-field.js';
import { IdField } from '../../../http/fields/integer-field.js';
import { NestedField } from '../../../http/fields/nested-field.js';
import { CALENDAR_ROLES, type CalendarRole } from '../../model/grants/calendar-role.js';

export const GRANTEE_TYPES = ['tenant', 'user'] as const;
export type GranteeType = (typeof GRANTEE_TYPES)[number];

const TYPE =
  'One user, or the tenant: every user of the tenant without a grant of their own on the calendar.';

const ROLE =
  'What the grantee may do. `none`: nothing, as if there were no such calendar. `free_busy_reader`: see the times of its events. `reader`: see its events. `writer`: write its events, and answer invites, in the name of the user of the calendar. `owner`: also change the calendar and its grants.';

const SEES_PRIVATE =
  'Whether a `reader` sees private events in full, and a `writer` also writes them. An `owner` always does. A caller without a token never does.';

@DocumentedAs('NewGrantee', 'The grantee of a new grant.')
export class NewGranteeDto {
  @ChoiceField(GRANTEE_TYPES, { description: TYPE, example: 'user' })
  type!: GranteeType;

  @IdField({ description: 'The id of the user; only with the type `user`.', example: 2, optional: true })
  user_id?: number;
}

@DocumentedAs('NewGrant', 'A new grant.')
export class CreateGrantDto {
  @NestedField(() => NewGranteeDto, {
    description:
      'The user or the tenant that gets the access. The user of the calendar is no grantee. A caller must see the user.',
    example: { type: 'user', user_id: 2 },
  })
  grantee!: NewGranteeDto;

  @ChoiceField(CALENDAR_ROLES, { description: ROLE, example: 'reader' })
  role!: CalendarRole;

  @FlagField({ description: SEES_PRIVATE, example: false, optional: true, default: false })
  sees_private: boolean = false;
}

@ChangesBody()
@DocumentedAs('GrantChanges', 'Changes of a grant. Absent fields keep their value.')
export class UpdateGrantDto {
  @ChoiceField(CALENDAR_ROLES, { description: ROLE, example: 'writer', optional: true })
  role?: CalendarRole;

  @FlagField({ description: SEES_PRIVATE, example: true, optional: true })
  sees_private?: boolean;
}

@DocumentedAs('Grantee', 'The user or the tenant that a grant gives access to.')
export class GranteeDto {
  @ApiProperty({ description: TYPE, enum: GRANTEE_TYPES, example: 'user' })
  type!: GranteeType;

  @ApiProperty({
    description: 'The id of the user; absent for the tenant.',
    type: 'integer',
    required: false,
    example: 2,
  })
  user_id?: number;
}

@DocumentedAs('Grant', 'The access of a user, or of the tenant, to a calendar.')
export class GrantDto {
  @ApiProperty({ description: 'The id of the grant.', type: 'integer', example: 2 })
  id!: number;

  @ApiProperty({ description: 'The user or the tenant that has the access.', type: GranteeDto })
  grantee!: GranteeDto;

  @ApiProperty({ description: ROLE, enum: CALENDAR_ROLES, example: 'reader' })
  role!: CalendarRole;

  @ApiProperty({ description: SEES_PRIVATE, example: false })
  sees_private!: boolean;

  @ApiProperty({
    description: 'The time of the creation.',
    format: 'date-time',
    example: '2022-09-06T14:16:47.878Z',
  })
  created_at!: string;

  @ApiProperty({
    description: 'The time of the last change.',
    format: 'date-time',
    example: '2022-09-06T14:16:47.878Z',
  })
  updated_at!: string;
}
