import { IntersectionType } from '@nestjs/swagger';
import { QueryInstantField } from '../../../http/fields/instant-field.js';
import { QueryIntegerField } from '../../../http/fields/integer-field.js';
import { MetadataFilterField } from '../../../http/fields/product/metadata-filter.js';
import { ExternalIdFilterField } from '../../../http/fields/product/product-data-fields.js';
import { TextField } from '../../../http/fields/text-field.js';
import { PageDto } from '../../../http/page/page.dto.js';
import { MAX_ID } from '../../../platform/values/max-id.js';
import type { Metadata } from '../../../platform/values/metadata.js';
import { MAX_SEARCH_LENGTH, MAX_SEARCH_WORDS } from '../../model/search/event-search.js';
import { MaxAttendeesDto } from '../dto/max-attendees.dto.js';
import { ShowCancelledDto } from '../dto/show-cancelled.dto.js';

export class SearchEventsDto extends IntersectionType(PageDto, ShowCancelledDto, MaxAttendeesDto) {
  @TextField({
    description:
      `Words, at most ${MAX_SEARCH_WORDS}. Each of them is in the title, the description or the location of the event, or of one of its ` +
      'occurrences. Case and accents do not count. A word of three letters or more is found as a part of a word, too; a shorter one only as a word, or at the beginning of a name such as `v2.0`.',
    example: 'planning',
    max: MAX_SEARCH_LENGTH,
    optional: true,
  })
  q?: string;

  @ExternalIdFilterField("The product's own id of the event.", 'case-42')
  external_id?: string;

  @MetadataFilterField(
    'The metadata that the event has, by key: `metadata.case_id=42` or `metadata[case_id]=42`.',
  )
  metadata?: Metadata;

  @QueryIntegerField({
    description: 'The user who organizes the event.',
    example: 1,
    min: 1,
    max: MAX_ID,
    optional: true,
  })
  organizer_user_id?: number;

  @QueryIntegerField({
    description: 'A user who attends the event; the organizer attends, too.',
    example: 2,
    min: 1,
    max: MAX_ID,
    optional: true,
  })
  attendee_user_id?: number;

  @QueryInstantField({
    description: 'The event has an occurrence that ends after this instant.',
    example: '2022-09-05T00:00:00Z',
    optional: true,
  })
  from?: string;

  @QueryInstantField({
    description: 'The event has an occurrence that starts before this instant.',
    example: '2022-09-12T00:00:00Z',
    optional: true,
  })
  to?: string;

  @QueryInstantField({
    description: 'The event was created or changed at this instant or later.',
    example: '2022-09-01T00:00:00Z',
    optional: true,
  })
  updated_since?: string;
}
