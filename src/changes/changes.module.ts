import { Global, Module } from '@nestjs/common';
import { ChangeFeed } from './change-feed.js';
import { ChangeNotices } from './change-notices.js';
import { ChangeEpochs } from './log/change-epochs.service.js';
import { ChangeLog } from './log/change-log.js';
import { ChangeMarks } from './log/change-marks.js';
import { ChangePurge } from './purge/change-purge.js';
import { ChangeEpochsRepository } from './store/change-epochs.repository.js';
import { ChangeLogRepository } from './store/change-log.repository.js';
import { ChangeMarksRepository } from './store/change-marks.repository.js';
import { ChangePurgeRepository } from './store/change-purge.repository.js';
import { SyncTokens } from './sync/sync-tokens.js';

/** Provides the one feed of changes, and their log, to every module. */
@Global()
@Module({
  providers: [
    ChangeEpochs,
    ChangeEpochsRepository,
    ChangeFeed,
    ChangeLog,
    ChangeLogRepository,
    ChangeMarks,
    ChangeMarksRepository,
    ChangeNotices,
    ChangePurge,
    ChangePurgeRepository,
    SyncTokens,
  ],
  exports: [ChangeEpochs, ChangeFeed, ChangeLog, ChangeNotices, SyncTokens],
})
export class ChangesModule {}
