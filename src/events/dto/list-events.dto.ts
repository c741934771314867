import { IntersectionType } from '@nestjs/swagger';
import { QueryFlagField } from '../../common/fields/choice-field.js';
import { PageDto } from '../../common/page/page.dto.js';
import { WindowDto } from '../../common/window.dto.js';

export class ListEventsDto extends IntersectionType(WindowDto, PageDto) {
  @QueryFlagField({
    description: 'One element for each occurrence, instead of one for each event.',
    example: false,
    optional: true,
    default: false,
  })
  expand?: boolean;
}
