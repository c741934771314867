// The core of the suite once more, on databases whose defaults are all set against the service.
import '../support/hostile-defaults.js';
import './access.spec.js';
import './booking-race.spec.js';
import './calendar.spec.js';
import './reminders.spec.js';
import './scheduling.spec.js';
import './series.spec.js';
