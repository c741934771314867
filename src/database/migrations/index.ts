import { CreateCalendar1763856000000 } from './1763856000000-CreateCalendar.js';
import { AddIdentity1763942400000 } from './1763942400000-AddIdentity.js';
import { CreateReminders1764000000000 } from './1764000000000-CreateReminders.js';
import { AddDoubleBooking1764028800000 } from './1764028800000-AddDoubleBooking.js';
import { AddIdempotencyKeys1764100000000 } from './1764100000000-AddIdempotencyKeys.js';
import { AddSecondPasses1764201000000 } from './1764201000000-AddSecondPasses.js';
import { KeepDeliveriesByStart1764202000000 } from './1764202000000-KeepDeliveriesByStart.js';
import { AddIdentityGenerations1764203000000 } from './1764203000000-AddIdentityGenerations.js';
import { AddMailedTokens1764203001000 } from './1764203001000-AddMailedTokens.js';
import { AddInvitationSettings1764205000000 } from './1764205000000-AddInvitationSettings.js';
import { AddApiKeys1764210000000 } from './1764210000000-AddApiKeys.js';
import { AddTenantIds1764211000000 } from './1764211000000-AddTenantIds.js';
import { AddTenantIndexes1764211001000 } from './1764211001000-AddTenantIndexes.js';
import { UseTenantKeys1764211002000 } from './1764211002000-UseTenantKeys.js';
import { ValidateTenantKeys1764211003000 } from './1764211003000-ValidateTenantKeys.js';
import { AddEmbeddingFields1764212000000 } from './1764212000000-AddEmbeddingFields.js';
import { AddMailsOfTokens1764213000000 } from './1764213000000-AddMailsOfTokens.js';
import { AddEventTexts1764214000000 } from './1764214000000-AddEventTexts.js';
import { FillEventTexts1764214001000 } from './1764214001000-FillEventTexts.js';
import { AddSearchIndexes1764214002000 } from './1764214002000-AddSearchIndexes.js';
import { AddUserDeletions1764215000000 } from './1764215000000-AddUserDeletions.js';
import { AddSeriesCuts1764216000000 } from './1764216000000-AddSeriesCuts.js';
import { AddCalendars1764220000000 } from './1764220000000-AddCalendars.js';
import { FillCalendars1764220001000 } from './1764220001000-FillCalendars.js';
import { AddCalendarIndex1764220002000 } from './1764220002000-AddCalendarIndex.js';
import { AddShowAsKinds1764221000000 } from './1764221000000-AddShowAsKinds.js';
import { AddZeroLengths1764221001000 } from './1764221001000-AddZeroLengths.js';
import { AddEndTimeZones1764221002000 } from './1764221002000-AddEndTimeZones.js';
import { AddFloatingDays1764221003000 } from './1764221003000-AddFloatingDays.js';
import { AddCalendarGrants1764222000000 } from './1764222000000-AddCalendarGrants.js';
import { AddRooms1764223000000 } from './1764223000000-AddRooms.js';
import { AddAttendeeRoles1764224000000 } from './1764224000000-AddAttendeeRoles.js';
import { ValidateAttendeeRoles1764224001000 } from './1764224001000-ValidateAttendeeRoles.js';
import { AddOccurrenceAttendanceIndex1764224002000 } from './1764224002000-AddOccurrenceAttendanceIndex.js';
import { CreateChangeLog1764230000000 } from './1764230000000-CreateChangeLog.js';
import { CreateOutbox1764231000000 } from './1764231000000-CreateOutbox.js';
import { SendDeliveriesFromOutbox1764231001000 } from './1764231001000-SendDeliveriesFromOutbox.js';
import { CreateWebhooks1764232000000 } from './1764232000000-CreateWebhooks.js';
import { AddAccountProtections1764232001000 } from './1764232001000-AddAccountProtections.js';
import { AddMergedColumns1764233000000 } from './1764233000000-AddMergedColumns.js';
import { KeepSubscriptionsOfDeletedCalendars1764234000000 } from './1764234000000-KeepSubscriptionsOfDeletedCalendars.js';
import { CreateCalendarVersions1764240000000 } from './1764240000000-CreateCalendarVersions.js';
import { VersionAllSettings1764241000000 } from './1764241000000-VersionAllSettings.js';
import { CheapenChangeLog1764242000000 } from './1764242000000-CheapenChangeLog.js';
import { AddImportedEvents1764248000000 } from './1764248000000-AddImportedEvents.js';
import { AddEventUidIndex1764248001000 } from './1764248001000-AddEventUidIndex.js';
import { CreateCalendarFeeds1764250000000 } from './1764250000000-CreateCalendarFeeds.js';
import { AddReadOnlyCalendars1764251000000 } from './1764251000000-AddReadOnlyCalendars.js';
import { CreateCalendarSubscriptions1764252000000 } from './1764252000000-CreateCalendarSubscriptions.js';
import { AddAvailability1764260000000 } from './1764260000000-AddAvailability.js';
import { CreateHolds1764261000000 } from './1764261000000-CreateHolds.js';
import { CreateRoundRobinAssignments1764263000000 } from './1764263000000-CreateRoundRobinAssignments.js';

/** Every migration, oldest first. */
export const migrations = [
  CreateCalendar1763856000000,
  AddIdentity1763942400000,
  CreateReminders1764000000000,
  AddDoubleBooking1764028800000,
  AddIdempotencyKeys1764100000000,
  AddSecondPasses1764201000000,
  KeepDeliveriesByStart1764202000000,
  AddIdentityGenerations1764203000000,
  AddMailedTokens1764203001000,
  AddInvitationSettings1764205000000,
  AddApiKeys1764210000000,
  AddTenantIds1764211000000,
  AddTenantIndexes1764211001000,
  UseTenantKeys1764211002000,
  ValidateTenantKeys1764211003000,
  AddEmbeddingFields1764212000000,
  AddMailsOfTokens1764213000000,
  AddEventTexts1764214000000,
  FillEventTexts1764214001000,
  AddSearchIndexes1764214002000,
  AddUserDeletions1764215000000,
  AddSeriesCuts1764216000000,
  AddCalendars1764220000000,
  FillCalendars1764220001000,
  AddCalendarIndex1764220002000,
  AddShowAsKinds1764221000000,
  AddZeroLengths1764221001000,
  AddEndTimeZones1764221002000,
  AddFloatingDays1764221003000,
  AddCalendarGrants1764222000000,
  AddRooms1764223000000,
  AddAttendeeRoles1764224000000,
  ValidateAttendeeRoles1764224001000,
  AddOccurrenceAttendanceIndex1764224002000,
  CreateChangeLog1764230000000,
  CreateOutbox1764231000000,
  SendDeliveriesFromOutbox1764231001000,
  CreateWebhooks1764232000000,
  AddAccountProtections1764232001000,
  AddMergedColumns1764233000000,
  KeepSubscriptionsOfDeletedCalendars1764234000000,
  CreateCalendarVersions1764240000000,
  VersionAllSettings1764241000000,
  CheapenChangeLog1764242000000,
  AddImportedEvents1764248000000,
  AddEventUidIndex1764248001000,
  CreateCalendarFeeds1764250000000,
  AddReadOnlyCalendars1764251000000,
  CreateCalendarSubscriptions1764252000000,
  AddAvailability1764260000000,
  CreateHolds1764261000000,
  CreateRoundRobinAssignments1764263000000,
];
