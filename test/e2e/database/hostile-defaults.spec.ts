// The core of the suite once more, on databases whose defaults are all set against the service.
import '../../support/database/hostile-defaults.js';
import '../auth/access.spec.js';
import '../scheduling/booking-race.spec.js';
import '../events/calendar.spec.js';
import '../reminders/reminders.spec.js';
import '../scheduling/scheduling.spec.js';
import '../events/series.spec.js';
