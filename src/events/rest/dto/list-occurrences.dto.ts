import { IntersectionType } from '@nestjs/swagger';
import { PageDto } from '../../../http/page/page.dto.js';
import { WindowDto } from '../../../http/window.dto.js';
import { MaxAttendeesDto } from './max-attendees.dto.js';
import { ShowCancelledDto } from './show-cancelled.dto.js';

export class ListOccurrencesDto extends IntersectionType(
  WindowDto,
  PageDto,
  ShowCancelledDto,
  MaxAttendeesDto,
) {}
