import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { RoomsModule } from '../rooms/rooms.module.js';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { UsersModule } from '../users/users.module.js';
import { CalendarErasure } from './calendars/calendar-erasure.js';
import { CalendarErasureLoop } from './calendars/calendar-erasure-loop.js';
import { EventPlacement } from './calendars/event-placement.js';
import { UserEventsErasureService } from './erasure/user-events-erasure.service.js';
import { UserHistoryErasureService } from './erasure/user-history-erasure.service.js';
import { CalendarExportService } from './export/calendar-export.service.js';
import { UserChangesExportService } from './export/user-changes-export.service.js';
import { UserEventsExportService } from './export/user-events-export.service.js';
import { ChangedEventsService } from './read/changes/changed-events.service.js';
import { EventHistoryService } from './read/changes/event-history.service.js';
import { IncrementalListService } from './read/changes/incremental-list.service.js';
import { PastEventViewsService } from './read/changes/past-event-views.service.js';
import { SyncedEventsService } from './read/changes/synced-events.service.js';
import { ConflictDetailsService } from './read/conflicts/conflict-details.service.js';
import { KnownConflictDetails } from './read/conflicts/known-conflict-details.service.js';
import { EventInvitesService } from './read/event-invites.service.js';
import { EventOutlinesService } from './read/event-outlines.service.js';
import { EventViewsService } from './read/event-views.service.js';
import { EventsService } from './read/events.service.js';
import { EventListService } from './read/lists/event-list.service.js';
import { KeptEvents } from './read/lists/kept-events.service.js';
import { KeptViewsService } from './read/lists/kept-views.service.js';
import { OccurrenceListService } from './read/lists/occurrence-list.service.js';
import { RedactedOrder } from './read/lists/redacted-order.js';
import { VisiblePartsService } from './read/parts/visible-parts.service.js';
import { RoomWarningsService } from './read/rooms/room-warnings.service.js';
import { EventSearchService } from './read/search/event-search.service.js';
import { EventUids } from './read/uids/event-uids.service.js';
import { ReaderZonesService } from './read/zones/reader-zones.service.js';
import { AttendeesController } from './rest/attendees/attendees.controller.js';
import { CalendarEventsController } from './rest/calendars/calendar-events.controller.js';
import { UserEventController } from './rest/calendars/user-event.controller.js';
import { UserEventsController } from './rest/calendars/user-events.controller.js';
import { ChangeStreamController } from './rest/changes/change-stream.controller.js';
import { ChangesController } from './rest/changes/changes.controller.js';
import { EventHistoryController } from './rest/changes/event-history.controller.js';
import { EventBatchesController } from './rest/event-batches.controller.js';
import { EventsController } from './rest/events.controller.js';
import { ExternalEventsController } from './rest/external-events.controller.js';
import { OccurrencesController } from './rest/occurrences.controller.js';
import { EventSearchController } from './rest/search/event-search.controller.js';
import { AttendedEventsRepository } from './store/attended-events.repository.js';
import { AnswerResetRepository } from './store/attendees/answer-reset.repository.js';
import { AttendeesRepository } from './store/attendees/attendees.repository.js';
import { GuestAddressesRepository } from './store/attendees/guest-addresses.repository.js';
import { GuestsRepository } from './store/attendees/guests.repository.js';
import { OccurrenceAttendanceRepository } from './store/attendees/occurrence-attendance.repository.js';
import { ChangedEventsRepository } from './store/batch/changed-events.repository.js';
import { ConflictingEventsRepository } from './store/batch/conflicting-events.repository.js';
import { EventHandoversRepository } from './store/batch/event-handovers.repository.js';
import { NewEventsRepository } from './store/batch/new-events.repository.js';
import { CalendarEntriesRepository } from './store/calendars/calendar-entries.repository.js';
import { AccessChangesRepository } from './store/changes/access-changes.repository.js';
import { ConcernedUsersRepository } from './store/changes/concerned-users.repository.js';
import { ErasedHistoryRepository } from './store/changes/erased-history.repository.js';
import { EventHistoryRepository } from './store/changes/event-history.repository.js';
import { IncrementalListsRepository } from './store/changes/incremental-lists.repository.js';
import { PastEventsRepository } from './store/changes/past-events.repository.js';
import { EventContentsRepository } from './store/contents/event-contents.repository.js';
import { KnownEventsRepository } from './store/direct/known-events.repository.js';
import { Event } from './store/entities/event.entity.js';
import { GuestAnswer } from './store/entities/guest-answer.entity.js';
import { OccurrenceAnswer } from './store/entities/occurrence-answer.entity.js';
import { OccurrenceOverride } from './store/entities/occurrence-override.entity.js';
import { RememberedDecline } from './store/entities/remembered-decline.entity.js';
import { AttendancesRepository } from './store/erasure/attendances.repository.js';
import { OrganizedEventsRepository } from './store/erasure/organized-events.repository.js';
import { EventOutlinesRepository } from './store/event-outlines.repository.js';
import { EventsRepository } from './store/events.repository.js';
import { ExportedEventsRepository } from './store/export/exported-events.repository.js';
import { ImportedEventsRepository } from './store/import/imported-events.repository.js';
import { InvitesRepository } from './store/invites.repository.js';
import { KeptEventsRepository } from './store/kept/kept-events.repository.js';
import { OccurrenceRecordsRepository } from './store/occurrence-records.repository.js';
import { OpenInvitationsRepository } from './store/open-invitations.repository.js';
import { RememberedDeclinesRepository } from './store/remembered-declines.repository.js';
import { RoomAnswersRepository } from './store/rooms/room-answers.repository.js';
import { EventSearchRepository } from './store/search/event-search.repository.js';
import { EventUidsRepository } from './store/uids/event-uids.repository.js';
import { ChangeStreams } from './stream/change-streams.service.js';
import { OpenStreams } from './stream/open-streams.js';
import { StreamWaker } from './stream/stream-waker.js';
import { GuestAddresses } from './write/attendees/guest-addresses.js';
import { GuestConversion } from './write/attendees/guest-conversion.js';
import { EventBatchWriter } from './write/batch/event-batch-writer.js';
import { ChangeAccess } from './write/change-access.js';
import { ChangeConclusion } from './write/change-conclusion.js';
import { ChangeResources } from './write/change-resources.js';
import { ConflictSkipping } from './write/conflict-skipping.js';
import { CreationsInMemory } from './write/creations-in-memory.js';
import { CombinedCreations } from './write/direct/combined-creations.js';
import { CreationDecisions } from './write/direct/creation-decisions.js';
import { DirectCreations } from './write/direct/direct-creations.js';
import { SavedCreations } from './write/direct/saved-creations.js';
import { EventWriter } from './write/event-writer.js';
import { EventHandover } from './write/handover/event-handover.js';
import { EventImports } from './write/import/event-imports.service.js';
import { InvitationLimitService } from './write/invitation-limit.service.js';
import { NewSeriesRows } from './write/new-series-rows.js';
import { AttendeeWriter } from './write/one-attendee/attendee-writer.js';
import { ExternalEventsService } from './write/replacement/external-events.service.js';
import { RoomAnswers } from './write/rooms/room-answers.js';
import { SeriesStore } from './write/series-store.js';

@Module({
  imports: [
    AuthModule,
    TypeOrmModule.forFeature([Event, GuestAnswer, OccurrenceAnswer, OccurrenceOverride, RememberedDecline]),
    CalendarsModule,
    MetricsModule,
    RoomsModule,
    SchedulingModule,
    UsersModule,
  ],
  controllers: [
    AttendeesController,
    CalendarEventsController,
    ChangeStreamController,
    ChangesController,
    EventBatchesController,
    EventHistoryController,
    EventSearchController,
    ExternalEventsController,
    EventsController,
    OccurrencesController,
    UserEventController,
    UserEventsController,
  ],
  providers: [
    ChangeStreams,
    ConcernedUsersRepository,
    OpenStreams,
    StreamWaker,
    AttendancesRepository,
    AnswerResetRepository,
    AttendeeWriter,
    AttendeesRepository,
    GuestAddresses,
    GuestAddressesRepository,
    GuestConversion,
    GuestsRepository,
    OccurrenceAttendanceRepository,
    CalendarEntriesRepository,
    CalendarErasure,
    CalendarErasureLoop,
    CalendarExportService,
    ConflictingEventsRepository,
    AttendedEventsRepository,
    ConflictDetailsService,
    CombinedCreations,
    ConflictSkipping,
    CreationDecisions,
    { provide: CreationsInMemory, useClass: DirectCreations },
    SavedCreations,
    EventHandover,
    EventPlacement,
    ChangedEventsRepository,
    ChangedEventsService,
    EventHandoversRepository,
    EventInvitesService,
    EventBatchWriter,
    ErasedHistoryRepository,
    EventHistoryRepository,
    EventHistoryService,
    EventListService,
    AccessChangesRepository,
    IncrementalListService,
    IncrementalListsRepository,
    SyncedEventsService,
    ChangeAccess,
    ChangeConclusion,
    ChangeResources,
    EventOutlinesRepository,
    EventOutlinesService,
    EventSearchRepository,
    EventSearchService,
    EventViewsService,
    VisiblePartsService,
    EventWriter,
    EventsRepository,
    EventsService,
    ExternalEventsService,
    EventContentsRepository,
    EventImports,
    ImportedEventsRepository,
    EventUids,
    EventUidsRepository,
    ExportedEventsRepository,
    InvitationLimitService,
    InvitesRepository,
    KeptEvents,
    KeptEventsRepository,
    KeptViewsService,
    KnownConflictDetails,
    KnownEventsRepository,
    NewEventsRepository,
    NewSeriesRows,
    OccurrenceRecordsRepository,
    OccurrenceListService,
    ReaderZonesService,
    OpenInvitationsRepository,
    OrganizedEventsRepository,
    PastEventViewsService,
    PastEventsRepository,
    RememberedDeclinesRepository,
    RedactedOrder,
    RoomAnswers,
    RoomAnswersRepository,
    RoomWarningsService,
    SeriesStore,
    UserChangesExportService,
    UserEventsErasureService,
    UserEventsExportService,
    UserHistoryErasureService,
  ],
  exports: [
    AttendeeWriter,
    CalendarErasureLoop,
    CalendarExportService,
    ChangedEventsService,
    EventHandover,
    EventImports,
    EventInvitesService,
    EventOutlinesService,
    EventUids,
    EventWriter,
    EventsService,
    PastEventViewsService,
    UserChangesExportService,
    UserEventsErasureService,
    UserEventsExportService,
    UserHistoryErasureService,
  ],
})
export class EventsModule {}
