import type { PreparedStatement } from '../../../database/unit-of-work.js';
import { reportedChanges } from '../calendars/reported-changes-query.js';
import { IS_OF_LISTED, selectEventRows } from '../event-rows.js';

/**
 * The most rows of other tables that a kept event has: attendees, guests, overrides and answers. A larger event takes the
 * memory of hundreds, and a list shows a small part of it.
 */
const MAX_ROWS_OF_EVENT = 400;

/** The statements of the lists of users, or of those of calendars. */
interface KeptStatements {
  readonly lookUp: PreparedStatement;
  readonly load: PreparedStatement;
}

/** SQL of the number of rows that a table has of an event `e`, counted to one above the bound. */
function rowsIn(table: string): string {
  return `(SELECT count(*) FROM (SELECT FROM ${table} part
            WHERE part.tenant_id = $1 AND part.event_id = e.id LIMIT ${MAX_ROWS_OF_EVENT + 1}) AS counted)`;
}

const TABLES = ['attendees', 'guests', 'occurrence_overrides', 'occurrence_answers'];

/** As `attendedEvents`, for a look-up: whether the owner exists is a column of its own. */
function listed(isListed: string): string {
  return `attendees mine JOIN events e ON e.tenant_id = mine.tenant_id AND e.id = mine.event_id
     WHERE mine.tenant_id = $1 AND ${isListed} AND mine.span && tstzrange($3, $4, '[]')
       AND (e.status = 'confirmed' OR $5)`;
}

function statementsOf(name: string, isListed: string, ownerId: string): KeptStatements {
  const columns = `
    ${reportedChanges('$6')},
    (${ownerId}) AS "ownerId",
    (SELECT json_build_array(coalesce(json_agg(e.id), '[]'), coalesce(json_agg(e.version), '[]'))
       FROM ${listed(isListed)}) AS listed`;
  return {
    lookUp: { name: `look_up_${name}`, text: `SELECT ${columns}` },
    load: {
      name: `load_${name}`,
      text: selectEventRows({
        events: `
          SELECT e.* FROM ${listed(isListed)}
             AND NOT EXISTS (SELECT FROM unnest($7::integer[], $8::integer[]) AS known (id, version)
                              WHERE known.id = e.id AND known.version = e.version)
             AND ${TABLES.map(rowsIn).join(' + ')} <= ${MAX_ROWS_OF_EVENT}`,
        attendees: `SELECT * FROM attendees WHERE ${IS_OF_LISTED}`,
        overrides: `SELECT * FROM occurrence_overrides WHERE ${IS_OF_LISTED}`,
        answers: `SELECT * FROM occurrence_answers WHERE ${IS_OF_LISTED}`,
        guestAnswers: null,
        others: columns,
      }),
    },
  };
}

export const LOOK_UP_CHANGES = { name: 'look_up_changes', text: `SELECT ${reportedChanges('$2')}` };

/** The parameter `$2` is the user. */
export const OF_USER = statementsOf(
  'events_of_user',
  'mine.user_id = $2',
  'SELECT id FROM users WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL',
);

/** The parameter `$2` is the calendar. With its user, PostgreSQL reads no event of another user, whichever index it chooses. */
export const OF_CALENDAR = statementsOf(
  'events_of_kept_calendar',
  `mine.calendar_id = $2 AND mine.user_id = (SELECT user_id FROM calendars WHERE tenant_id = $1 AND id = $2)`,
  `SELECT u.id FROM calendars c JOIN users u ON u.tenant_id = $1 AND u.id = c.user_id
    WHERE c.tenant_id = $1 AND c.id = $2 AND c.deleted_at IS NULL AND u.deleted_at IS NULL`,
);
