import { MAX_AUTHENTICATION_AGE } from '../../auth/model/recent-authentication.js';
import { SECOND } from '../../calendar/time/civil-time.js';
import { durationText } from '../../platform/values/duration.js';

/** The part of a description that names the callers of an operation with a fresh login. */
export const FRESH_LOGIN = `A user needs a fresh login: an access token from a login, or an identity token, of the last ${durationText(MAX_AUTHENTICATION_AGE / SECOND)} (403 \`reauthentication_required\`). An API key must act as itself.`;
