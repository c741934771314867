import { IntersectionType } from '@nestjs/swagger';
import { PageDto } from '../../../http/page/page.dto.js';
import { SyncTokenDto } from '../../../http/sync/sync-token.dto.js';
import { MaxAttendeesDto } from '../dto/max-attendees.dto.js';

export class ListChangesDto extends IntersectionType(SyncTokenDto, PageDto, MaxAttendeesDto) {}
