/** One event as its record: the row, its attendees and overrides as JSON, in one query. */
export const EVENT_RECORD = recordOf('TRUE');

/** The same with those of the attendees alone whose ids are `$2`, and their answers: an event may have a thousand. */
export const EVENT_RECORD_FOR_SOME = recordOf('u.id = ANY ($2)');

/** @param attendees a condition on the users `u` who attend */
function recordOf(attendees: string): string {
  return `
  e.id, e.organizer_id AS "organizerId", e.title, e.description, e.location, e.visibility,
  e.show_as AS "showAs", e.status, e.all_day AS "allDay", e.time_zone AS "timeZone", e.start, e.duration,
  e.rrule, e.rdates, e.exdates, e.second_passes AS "secondPasses", e.version, e.created_at AS "createdAt", e.updated_at AS "updatedAt",
  lower(e.span) AS "startAt", upper(e.span) AS "endAt",
  (SELECT coalesce(json_agg(json_build_object(
      'userId', a.user_id, 'inviteId', a.invite_id, 'status', a.status, 'comment', a.comment,
      'createdAt', a.created_at, 'updatedAt', a.updated_at, 'protected', u.protected, 'name', u.name, 'email', u.email,
      'userCreatedAt', u.created_at, 'userUpdatedAt', u.updated_at) ORDER BY a.invite_id NULLS FIRST), '[]')
    FROM attendees a JOIN users u ON u.id = a.user_id WHERE a.event_id = e.id AND ${attendees}) AS attendees,
  (SELECT coalesce(json_agg(json_build_object(
      'originalStart', o.original_start, 'cancelled', o.cancelled, 'start', o.start, 'duration', o.duration,
      'title', o.title, 'description', o.description, 'location', o.location, 'showAs', o.show_as)
      ORDER BY o.original_start), '[]')
    FROM occurrence_overrides o WHERE o.event_id = e.id) AS overrides,
  (SELECT coalesce(json_agg(json_build_object(
      'userId', x.user_id, 'originalStart', x.original_start, 'status', x.status, 'comment', x.comment)
      ORDER BY x.original_start, x.user_id), '[]')
    FROM occurrence_answers x JOIN users u ON u.id = x.user_id WHERE x.event_id = e.id AND ${attendees}) AS answers`;
}
