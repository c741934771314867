import { MINUTE, SECOND } from '../../calendar/time/civil-time.js';
import { errorCode } from '../../platform/error-code.js';
import {
  BAD_REDIRECT,
  type GetResponse,
  getFrom,
  TIMED_OUT,
  TOO_LARGE,
  TOO_MANY_REDIRECTS,
} from '../../platform/network/public-get.js';
import { NOT_PUBLIC } from '../../platform/network/public-request.js';
import type { FetchFailure, LeasedSubscription } from '../model/subscription-record.js';

/** Bytes of a subscribed calendar, decompressed: as many as an import may have. */
const MAX_SUBSCRIBED_BYTES = 16 * 1024 * 1024;

/** Milliseconds from the first request to the last byte, redirects included. */
const FETCH_TIMEOUT_MS = 30 * SECOND;

/** Some calendars redirect to a shard, to another name and from there to a storage. */
const MAX_FETCH_REDIRECTS = 5;

/** Milliseconds. Longer than a fetch takes, and longer than the replacement of the largest calendar, which renews the lease. */
export const FETCH_LEASE_MS = 5 * MINUTE;

/** A file that is other than that of the last success, as far as its server knows. */
export interface FetchedCalendar {
  readonly file: Buffer;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** A fetch that failed in a way that its user may know. */
export class FailedFetch extends Error {
  constructor(readonly failure: FetchFailure) {
    super(failure.text);
  }
}

/**
 * Fetches a calendar by a conditional GET.
 * @returns null: the calendar is still that of the last success (304)
 * @throws {FailedFetch}
 */
export async function fetchCalendar(
  { url, etag, lastModified }: Pick<LeasedSubscription, 'url' | 'etag' | 'lastModified'>,
  allowPrivate: boolean,
): Promise<FetchedCalendar | null> {
  const response = await get(new URL(url), etag, lastModified, allowPrivate);
  const { statusCode, headers, body } = response;
  if (statusCode === 304 && (etag ?? lastModified) !== null) return null;
  if (statusCode !== 200) {
    const text = `The server of the calendar responded with ${statusCode}.`;
    throw new FailedFetch({ code: 'http_status', text });
  }
  return { file: body, etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null };
}

async function get(
  url: URL,
  etag: string | null,
  lastModified: string | null,
  allowPrivate: boolean,
): Promise<GetResponse> {
  try {
    return await getFrom(url, {
      headers: {
        accept: 'text/calendar, */*;q=0.1',
        'user-agent': 'calendar-backend',
        ...(etag !== null && { 'if-none-match': etag }),
        ...(lastModified !== null && { 'if-modified-since': lastModified }),
      },
      timeoutMs: FETCH_TIMEOUT_MS,
      maxBytes: MAX_SUBSCRIBED_BYTES,
      maxRedirects: MAX_FETCH_REDIRECTS,
      allowPrivate,
    });
  } catch (error) {
    throw new FailedFetch(failureOf(error));
  }
}

const CONNECTION_FAILED: FetchFailure = {
  code: 'connection_failed',
  text: 'The connection to the server of the calendar failed.',
};

const TIMEOUT: FetchFailure = {
  code: 'timed_out',
  text: 'The server of the calendar did not send it in time.',
};

const NO_NAME: FetchFailure = { code: 'name_not_found', text: 'The name of the server has no address.' };

const FAILURES: Readonly<Record<string, FetchFailure>> = {
  // The same for a name that does not exist and for one of a private network, so that the text does not reveal which it is.
  [NOT_PUBLIC]: {
    code: 'not_public',
    text: 'The name of the server does not resolve, or the server is not at a public address.',
  },
  [TIMED_OUT]: TIMEOUT,
  ETIMEDOUT: TIMEOUT,
  [TOO_LARGE]: {
    code: 'too_large',
    text: `The calendar has more than ${MAX_SUBSCRIBED_BYTES / 1024 / 1024} MiB.`,
  },
  [TOO_MANY_REDIRECTS]: {
    code: 'too_many_redirects',
    text: `The address redirects more than ${MAX_FETCH_REDIRECTS} times.`,
  },
  [BAD_REDIRECT]: {
    code: 'bad_redirect',
    text: 'The address redirects to no http or https URL, or from https to http.',
  },
  ENOTFOUND: NO_NAME,
  EAI_AGAIN: NO_NAME,
};

/** What the user may know of a fetch without a response. */
function failureOf(error: unknown): FetchFailure {
  const code = errorCode(error);
  return code !== null && code in FAILURES ? FAILURES[code] : CONNECTION_FAILED;
}
