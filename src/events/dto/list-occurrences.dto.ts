import { IntersectionType } from '@nestjs/swagger';
import { PageDto } from '../../common/page/page.dto.js';
import { WindowDto } from '../../common/window.dto.js';

export class ListOccurrencesDto extends IntersectionType(WindowDto, PageDto) {}
