import { jsonRows } from '../columns.js';
import { ANSWER, EVENT, OVERRIDE, SERIES_COLUMNS } from '../event-tables.js';
