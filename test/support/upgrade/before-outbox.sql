-- The rows of the version before the outbox, which wrote them by its API and its workers.
SET session_replication_role = replica;

INSERT INTO attendees (event_id, user_id, span, invite_id, status, comment, created_at, updated_at, tenant_id, calendar_id, role, occurrences_status) OVERRIDING SYSTEM VALUE VALUES
  ('1', '1', '["2026-01-05 10:00:00+00","2026-01-05 11:00:00+00")', NULL, 'organizer', NULL, '2026-11-27 13:07:20.352+00', '2026-11-27 13:07:20.352+00', '1', '1', 'required', NULL),
  ('2', '2', '["2026-01-05 11:00:00+00","2026-01-05 12:00:00+00")', NULL, 'organizer', NULL, '2026-11-27 13:07:21.111+00', '2026-11-27 13:07:21.111+00', '1', '2', 'required', NULL),
  ('3', '3', '["2026-01-05 12:00:00+00","2026-01-05 13:00:00+00")', NULL, 'organizer', NULL, '2026-11-27 13:07:21.519+00', '2026-11-27 13:07:21.519+00', '1', '3', 'required', NULL),
  ('4', '4', '["2026-01-05 12:00:02+00","2026-01-05 13:00:02+00")', NULL, 'organizer', NULL, '2026-11-27 13:07:21.694+00', '2026-11-27 13:07:21.694+00', '1', '4', 'required', NULL),
  ('5', '5', '["2026-01-05 12:00:03+00","2026-01-05 13:00:03+00")', NULL, 'organizer', NULL, '2026-11-27 13:07:21.834+00', '2026-11-27 13:07:21.834+00', '1', '5', 'required', NULL),
  ('6', '6', '["2026-01-05 12:00:03+00","2026-01-05 13:00:03+00")', NULL, 'organizer', NULL, '2026-11-27 13:07:21.919+00', '2026-11-27 13:07:21.919+00', '1', '6', 'required', NULL),
  ('7', '7', '["2026-01-05 12:00:03+00","2026-01-05 13:00:03+00")', NULL, 'organizer', NULL, '2026-11-27 13:07:21.99+00', '2026-11-27 13:07:21.99+00', '1', '7', 'required', NULL),
  ('8', '8', '["2026-01-05 12:00:03+00","2026-01-05 13:00:03+00")', NULL, 'organizer', NULL, '2026-11-27 13:07:22.097+00', '2026-11-27 13:07:22.097+00', '2', '8', 'required', NULL),
  ('9', '9', '["2026-01-05 13:00:00+00","2026-01-05 14:00:00+00")', NULL, 'organizer', NULL, '2026-11-27 13:07:22.317+00', '2026-11-27 13:07:22.317+00', '1', '9', 'required', NULL);

INSERT INTO calendar_grants (tenant_id, id, calendar_id, user_id, role, sees_private, created_at, updated_at) OVERRIDING SYSTEM VALUE VALUES
  ('1', '1', '1', NULL, 'reader', 'false', '2026-11-27 13:07:19.857+00', '2026-11-27 13:07:19.857+00'),
  ('1', '2', '2', NULL, 'reader', 'false', '2026-11-27 13:07:21.044+00', '2026-11-27 13:07:21.044+00'),
  ('1', '3', '3', NULL, 'reader', 'false', '2026-11-27 13:07:21.476+00', '2026-11-27 13:07:21.476+00'),
  ('1', '4', '4', NULL, 'reader', 'false', '2026-11-27 13:07:21.635+00', '2026-11-27 13:07:21.635+00'),
  ('1', '5', '5', NULL, 'reader', 'false', '2026-11-27 13:07:21.775+00', '2026-11-27 13:07:21.775+00'),
  ('1', '6', '6', NULL, 'reader', 'false', '2026-11-27 13:07:21.879+00', '2026-11-27 13:07:21.879+00'),
  ('1', '7', '7', NULL, 'reader', 'false', '2026-11-27 13:07:21.975+00', '2026-11-27 13:07:21.975+00'),
  ('1', '9', '9', NULL, 'reader', 'false', '2026-11-27 13:07:22.29+00', '2026-11-27 13:07:22.29+00'),
  ('2', '8', '8', NULL, 'reader', 'false', '2026-11-27 13:07:22.057+00', '2026-11-27 13:07:22.057+00');

INSERT INTO calendars (tenant_id, id, user_id, name, color, time_zone, counts_as_busy, default_reminders, is_primary, position, external_id, metadata, deleted_at, events_at_deletion, created_at, updated_at) OVERRIDING SYSTEM VALUE VALUES
  ('1', '1', '1', 'Calendar', NULL, NULL, 'true', NULL, 'true', '0', NULL, '{}', NULL, NULL, '2026-11-27 13:07:19.857+00', '2026-11-27 13:07:19.857+00'),
  ('1', '2', '2', 'Calendar', NULL, NULL, 'true', NULL, 'true', '0', NULL, '{}', NULL, NULL, '2026-11-27 13:07:21.044+00', '2026-11-27 13:07:21.044+00'),
  ('1', '3', '3', 'Calendar', NULL, NULL, 'true', NULL, 'true', '0', NULL, '{}', NULL, NULL, '2026-11-27 13:07:21.476+00', '2026-11-27 13:07:21.476+00'),
  ('1', '4', '4', 'Calendar', NULL, NULL, 'true', NULL, 'true', '0', NULL, '{}', NULL, NULL, '2026-11-27 13:07:21.635+00', '2026-11-27 13:07:21.635+00'),
  ('1', '5', '5', 'Calendar', NULL, NULL, 'true', NULL, 'true', '0', NULL, '{}', NULL, NULL, '2026-11-27 13:07:21.775+00', '2026-11-27 13:07:21.775+00'),
  ('1', '6', '6', 'Calendar', NULL, NULL, 'true', NULL, 'true', '0', NULL, '{}', NULL, NULL, '2026-11-27 13:07:21.879+00', '2026-11-27 13:07:21.879+00'),
  ('1', '7', '7', 'Calendar', NULL, NULL, 'true', NULL, 'true', '0', NULL, '{}', NULL, NULL, '2026-11-27 13:07:21.975+00', '2026-11-27 13:07:21.975+00'),
  ('1', '9', '9', 'Calendar', NULL, NULL, 'true', NULL, 'true', '0', NULL, '{}', NULL, NULL, '2026-11-27 13:07:22.29+00', '2026-11-27 13:07:22.29+00'),
  ('2', '8', '8', 'Calendar', NULL, NULL, 'true', NULL, 'true', '0', NULL, '{}', NULL, NULL, '2026-11-27 13:07:22.057+00', '2026-11-27 13:07:22.057+00');

INSERT INTO event_texts (tenant_id, event_id, original_start, folded) OVERRIDING SYSTEM VALUE VALUES
  ('1', '1', '', 'of ann'),
  ('1', '2', '', 'of ben'),
  ('1', '3', '', 'of cid'),
  ('1', '4', '', 'of dan'),
  ('1', '5', '', 'of eva'),
  ('1', '6', '', 'of fay'),
  ('1', '7', '', 'of gus'),
  ('1', '9', '', 'of joe'),
  ('2', '8', '', 'of ida');

INSERT INTO events (id, organizer_id, title, description, location, visibility, show_as, status, all_day, time_zone, start, duration, rrule, rdates, exdates, span, version, created_at, updated_at, second_passes, tenant_id, external_id, metadata, url, color, categories, conference, ends_before, zero_length, end_time_zone, floating) OVERRIDING SYSTEM VALUE VALUES
  ('1', '1', 'Of ann', NULL, NULL, 'public', 'busy', 'confirmed', 'false', 'UTC', '2026-01-05T10:00:00', '3600', NULL, '{}', '{}', '["2026-01-05 10:00:00+00","2026-01-05 11:00:00+00")', '1', '2026-11-27 13:07:20.352+00', '2026-11-27 13:07:20.352+00', NULL, '1', NULL, '{}', NULL, NULL, '{}', NULL, NULL, 'false', NULL, 'false'),
  ('2', '2', 'Of ben', NULL, NULL, 'public', 'busy', 'confirmed', 'false', 'UTC', '2026-01-05T11:00:00', '3600', NULL, '{}', '{}', '["2026-01-05 11:00:00+00","2026-01-05 12:00:00+00")', '1', '2026-11-27 13:07:21.111+00', '2026-11-27 13:07:21.111+00', NULL, '1', NULL, '{}', NULL, NULL, '{}', NULL, NULL, 'false', NULL, 'false'),
  ('3', '3', 'Of cid', NULL, NULL, 'public', 'busy', 'confirmed', 'false', 'UTC', '2026-01-05T12:00:00', '3600', NULL, '{}', '{}', '["2026-01-05 12:00:00+00","2026-01-05 13:00:00+00")', '1', '2026-11-27 13:07:21.519+00', '2026-11-27 13:07:21.519+00', NULL, '1', NULL, '{}', NULL, NULL, '{}', NULL, NULL, 'false', NULL, 'false'),
  ('4', '4', 'Of dan', NULL, NULL, 'public', 'busy', 'confirmed', 'false', 'UTC', '2026-01-05T12:00:02', '3600', NULL, '{}', '{}', '["2026-01-05 12:00:02+00","2026-01-05 13:00:02+00")', '1', '2026-11-27 13:07:21.694+00', '2026-11-27 13:07:21.694+00', NULL, '1', NULL, '{}', NULL, NULL, '{}', NULL, NULL, 'false', NULL, 'false'),
  ('5', '5', 'Of eva', NULL, NULL, 'public', 'busy', 'confirmed', 'false', 'UTC', '2026-01-05T12:00:03', '3600', NULL, '{}', '{}', '["2026-01-05 12:00:03+00","2026-01-05 13:00:03+00")', '1', '2026-11-27 13:07:21.834+00', '2026-11-27 13:07:21.834+00', NULL, '1', NULL, '{}', NULL, NULL, '{}', NULL, NULL, 'false', NULL, 'false'),
  ('6', '6', 'Of fay', NULL, NULL, 'public', 'busy', 'confirmed', 'false', 'UTC', '2026-01-05T12:00:03', '3600', NULL, '{}', '{}', '["2026-01-05 12:00:03+00","2026-01-05 13:00:03+00")', '1', '2026-11-27 13:07:21.919+00', '2026-11-27 13:07:21.919+00', NULL, '1', NULL, '{}', NULL, NULL, '{}', NULL, NULL, 'false', NULL, 'false'),
  ('7', '7', 'Of gus', NULL, NULL, 'public', 'busy', 'cancelled', 'false', 'UTC', '2026-01-05T12:00:03', '3600', NULL, '{}', '{}', '["2026-01-05 12:00:03+00","2026-01-05 13:00:03+00")', '2', '2026-11-27 13:07:21.99+00', '2026-11-27 13:07:22.192+00', NULL, '1', NULL, '{}', NULL, NULL, '{}', NULL, NULL, 'false', NULL, 'false'),
  ('8', '8', 'Of ida', NULL, NULL, 'public', 'busy', 'confirmed', 'false', 'UTC', '2026-01-05T12:00:03', '3600', NULL, '{}', '{}', '["2026-01-05 12:00:03+00","2026-01-05 13:00:03+00")', '1', '2026-11-27 13:07:22.097+00', '2026-11-27 13:07:22.097+00', NULL, '2', NULL, '{}', NULL, NULL, '{}', NULL, NULL, 'false', NULL, 'false'),
  ('9', '9', 'Of joe', NULL, NULL, 'public', 'busy', 'confirmed', 'false', 'UTC', '2026-01-05T13:00:00', '3600', NULL, '{}', '{}', '["2026-01-05 13:00:00+00","2026-01-05 14:00:00+00")', '1', '2026-11-27 13:07:22.317+00', '2026-11-27 13:07:22.317+00', NULL, '1', NULL, '{}', NULL, NULL, '{}', NULL, NULL, 'false', NULL, 'false');

INSERT INTO pending_reminders (event_id, user_id, minutes_before, method, url, original_start, start_at, end_at, due_at, due_from, tenant_id) OVERRIDING SYSTEM VALUE VALUES
  ('9', '9', '10', 'webhook', 'http://127.0.0.1:9/joe', '2026-01-05T13:00:00', '2026-01-05 13:00:00+00', '2026-01-05 14:00:00+00', '2026-01-05 12:50:00+00', '2026-01-05 11:50:03+00', '1');

INSERT INTO reminder_deliveries (event_id, original_start, user_id, minutes_before, method, notification_id, status, url, due_at, recorded_at, attempts, next_attempt_at, tenant_id) OVERRIDING SYSTEM VALUE VALUES
  ('1', '2026-01-05T10:00:00', '1', '10', 'webhook', '361fd7c2-2a4f-5338-8f64-0ef255d620a7', 'fired', 'http://127.0.0.1:9/ann', '2026-01-05 09:50:00+00', '2026-01-05 09:50:00+00', '1', NULL, '1'),
  ('2', '2026-01-05T11:00:00', '2', '10', 'webhook', 'f8405006-1001-5ff0-b73e-a64d5ef2f808', 'failed', 'http://127.0.0.1:9/ben', '2026-01-05 10:50:00+00', '2026-01-05 11:20:00+00', '5', NULL, '1'),
  ('3', '2026-01-05T12:00:00', '3', '10', 'webhook', '05d076d7-87c5-55e0-ab8e-6f1c962238a2', 'queued', 'http://127.0.0.1:9/cid', '2026-01-05 11:50:00+00', '2026-01-05 11:50:00+00', '1', '2026-01-05 11:50:15+00', '1'),
  ('4', '2026-01-05T12:00:02', '4', '10', 'webhook', '35bb4d5f-cd6d-5821-b347-b96a174ca885', 'queued', 'http://127.0.0.1:9/dan', '2026-01-05 11:50:02+00', '2026-01-05 11:50:02+00', '1', '2026-01-05 11:51:02+00', '1'),
  ('5', '2026-01-05T12:00:03', '5', '10', 'webhook', 'fe7bd39d-04aa-5073-85f2-4567e9e99d49', 'queued', 'http://127.0.0.1:9/eva', '2026-01-05 11:50:03+00', '2026-01-05 11:50:03+00', '0', '2026-01-05 11:50:03+00', '1'),
  ('6', '2026-01-05T12:00:03', '6', '10', 'email', 'e2553f08-9946-5c8f-8919-b70c2cc673f0', 'queued', NULL, '2026-01-05 11:50:03+00', '2026-01-05 11:50:03+00', '0', '2026-01-05 11:50:03+00', '1'),
  ('7', '2026-01-05T12:00:03', '7', '10', 'webhook', 'bd655969-0a51-52e3-8424-d1ad8c6dcbaf', 'queued', 'http://127.0.0.1:9/gus', '2026-01-05 11:50:03+00', '2026-01-05 11:50:03+00', '0', '2026-01-05 11:50:03+00', '1'),
  ('8', '2026-01-05T12:00:03', '8', '10', 'webhook', 'afcc9b61-b567-509d-aaf5-1a084da6044b', 'queued', 'http://127.0.0.1:9/ida', '2026-01-05 11:50:03+00', '2026-01-05 11:50:03+00', '0', '2026-01-05 11:50:03+00', '2');

INSERT INTO tenants (id, name, created_at, deleted_at) OVERRIDING SYSTEM VALUE VALUES
  ('2', 'second', '2026-11-27 13:07:22.04+00', NULL);

INSERT INTO users (id, name, email, time_zone, working_hours, created_at, updated_at, password_hash, protected, default_reminders, double_booking, normalised_email, email_verified_at, generation, invitations, tenant_id, kind, external_id, metadata, deleted_at) OVERRIDING SYSTEM VALUE VALUES
  ('1', 'ann', 'ann@example.com', 'UTC', NULL, '2026-11-27 13:07:19.857+00', '2026-11-27 13:07:19.857+00', NULL, 'false', '[{"url": "http://127.0.0.1:9/ann", "method": "webhook", "minutes_before": 10}]', 'allow', 'ann@example.com', NULL, '0', 'all', '1', 'person', NULL, '{}', NULL),
  ('2', 'ben', 'ben@example.com', 'UTC', NULL, '2026-11-27 13:07:21.044+00', '2026-11-27 13:07:21.044+00', NULL, 'false', '[{"url": "http://127.0.0.1:9/ben", "method": "webhook", "minutes_before": 10}]', 'allow', 'ben@example.com', NULL, '0', 'all', '1', 'person', NULL, '{}', NULL),
  ('3', 'cid', 'cid@example.com', 'UTC', NULL, '2026-11-27 13:07:21.476+00', '2026-11-27 13:07:21.476+00', NULL, 'false', '[{"url": "http://127.0.0.1:9/cid", "method": "webhook", "minutes_before": 10}]', 'allow', 'cid@example.com', NULL, '0', 'all', '1', 'person', NULL, '{}', NULL),
  ('4', 'dan', 'dan@example.com', 'UTC', NULL, '2026-11-27 13:07:21.635+00', '2026-11-27 13:07:21.635+00', NULL, 'false', '[{"url": "http://127.0.0.1:9/dan", "method": "webhook", "minutes_before": 10}]', 'allow', 'dan@example.com', NULL, '0', 'all', '1', 'person', NULL, '{}', NULL),
  ('5', 'eva', 'eva@example.com', 'UTC', NULL, '2026-11-27 13:07:21.775+00', '2026-11-27 13:07:21.775+00', NULL, 'false', '[{"url": "http://127.0.0.1:9/eva", "method": "webhook", "minutes_before": 10}]', 'allow', 'eva@example.com', NULL, '0', 'all', '1', 'person', NULL, '{}', NULL),
  ('6', 'fay', 'fay@example.com', 'UTC', NULL, '2026-11-27 13:07:21.879+00', '2026-11-27 13:07:21.879+00', NULL, 'false', '[{"method": "email", "minutes_before": 10}]', 'allow', 'fay@example.com', NULL, '0', 'all', '1', 'person', NULL, '{}', NULL),
  ('7', 'gus', 'gus@example.com', 'UTC', NULL, '2026-11-27 13:07:21.975+00', '2026-11-27 13:07:21.975+00', NULL, 'false', '[{"url": "http://127.0.0.1:9/gus", "method": "webhook", "minutes_before": 10}]', 'allow', 'gus@example.com', NULL, '0', 'all', '1', 'person', NULL, '{}', NULL),
  ('8', 'ida', 'ida@example.com', 'UTC', NULL, '2026-11-27 13:07:22.057+00', '2026-11-27 13:07:22.057+00', NULL, 'false', '[{"url": "http://127.0.0.1:9/ida", "method": "webhook", "minutes_before": 10}]', 'allow', 'ida@example.com', '2026-01-05 11:50:02+00', '0', 'all', '2', 'person', NULL, '{}', NULL),
  ('9', 'joe', 'joe@example.com', 'UTC', NULL, '2026-11-27 13:07:22.29+00', '2026-11-27 13:07:22.29+00', NULL, 'false', '[{"url": "http://127.0.0.1:9/joe", "method": "webhook", "minutes_before": 10}]', 'allow', 'joe@example.com', NULL, '0', 'all', '1', 'person', NULL, '{}', NULL);

SELECT setval('calendar_grants_id_seq', 9);
SELECT setval('calendars_id_seq', 9);
SELECT setval('events_id_seq', 9);
SELECT setval('tenants_id_seq', 2);
SELECT setval('users_id_seq', 9);
