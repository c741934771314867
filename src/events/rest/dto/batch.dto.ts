import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { MAX_BATCH_SIZE } from '../../../http/body/batch.js';
import { BatchBody } from '../../../http/body/batch-body.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { BatchedIdsField } from '../../../http/fields/id-list-field.js';
import { IdField } from '../../../http/fields/integer-field.js';
import { NestedListField } from '../../../http/fields/nested-field.js';
import { IfMatchField } from '../../../http/precondition/if-match-field.js';
import { BookedEventDto, BookedPrivateEventDto } from './booked-event.dto.js';
import { CreateEventDto } from './create-event.dto.js';
import { UpdateEventDto } from './update-event.dto.js';

@DocumentedAs('NewEventBatch', 'Events to create in one transaction.')
export class CreateEventBatchDto extends BatchBody<CreateEventDto> {
  @NestedListField(() => CreateEventDto, {
    description: 'The events to create, each as in `createEvent`.',
    min: 1,
    max: MAX_BATCH_SIZE,
  })
  requests!: CreateEventDto[];
}

@DocumentedAs('BatchedEventPatch', 'A change of one event in a batch. An absent field keeps its value.')
export class BatchedEventPatchDto extends UpdateEventDto {
  @IdField({ description: 'The id of the event.' })
  id!: number;

  @IfMatchField()
  if_match?: number | string;
}

@DocumentedAs('EventPatchBatch', 'Changes of events in one transaction.')
export class UpdateEventBatchDto extends BatchBody<BatchedEventPatchDto> {
  @NestedListField(() => BatchedEventPatchDto, {
    description: 'The changes, each as in `updateEvent`. A second change of one event sees the first.',
    min: 1,
    max: MAX_BATCH_SIZE,
  })
  requests!: BatchedEventPatchDto[];
}

@DocumentedAs('EventIdBatch', 'Events to delete in one transaction.')
export class DeleteEventBatchDto {
  @BatchedIdsField({
    description: 'The ids of the events to delete. An id that comes twice is refused.',
    example: [1],
    min: 1,
    max: MAX_BATCH_SIZE,
  })
  ids!: unknown[];
}

@DocumentedAs('BookedEvents', 'Events after their creation or change, with their conflicts.')
export class BookedEventsDto {
  @ApiProperty({
    description: 'The events after all changes of the batch: `events[i]` answers `requests[i]`.',
    type: 'array',
    items: {
      oneOf: [BookedEventDto, BookedPrivateEventDto].map((type) => ({ $ref: getSchemaPath(type) })),
    },
  })
  events!: (BookedEventDto | BookedPrivateEventDto)[];
}
