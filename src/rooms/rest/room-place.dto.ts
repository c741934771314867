import { DocumentedAs } from '../../http/document/documented-as.js';
import { TextField } from '../../http/fields/text-field.js';
import { MAX_ROOM_PLACE_LENGTH } from '../model/room-limits.js';

@DocumentedAs('RoomPlace', 'Where a room is.')
export class RoomPlaceDto {
  @TextField({
    description: 'The building.',
    example: 'Headquarters',
    max: MAX_ROOM_PLACE_LENGTH,
    optional: true,
    nullable: true,
  })
  building?: string | null;

  @TextField({
    description: 'The floor.',
    example: '2',
    max: MAX_ROOM_PLACE_LENGTH,
    optional: true,
    nullable: true,
  })
  floor?: string | null;
}
