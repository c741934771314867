import { readChoice } from '../environment/choice.js';
import { ConfigurationError } from '../environment/configuration-error.js';
import type { GatheredErrors } from '../environment/gathered-errors.js';
import type { Variables } from '../environment/variables.js';
import { expectPercentEncoded, webAddress, withoutCredentials } from '../environment/web-address.js';
import { isLoopback } from './network-configuration.js';

const AUTH_MODES = ['optional', 'required'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

/** Whether a client without a token may create users. */
const SIGN_UP = ['open', 'closed'] as const;
type SignUp = (typeof SIGN_UP)[number];

/** The users that a user sees: all, or those with whom they share an event. */
const DIRECTORIES = ['open', 'shared'] as const;
type Directory = (typeof DIRECTORIES)[number];

/** The visibility of a new event whose request names none. */
const DEFAULT_VISIBILITIES = ['public', 'private'] as const;
type DefaultVisibility = (typeof DEFAULT_VISIBILITIES)[number];

/** The role that the tenant has on a new calendar. */
const DEFAULT_CALENDAR_ROLES = ['none', 'free_busy_reader', 'reader', 'writer', 'owner'] as const;
type DefaultCalendarRole = (typeof DEFAULT_CALENDAR_ROLES)[number];

/** An OpenID Connect provider whose tokens are accepted. */
export interface OidcProvider {
  /** As its tokens spell it. */
  readonly issuer: string;
  readonly audience: string;
}

/** The clients that may call the service, and the data that they see. */
export interface AccessConfiguration {
  readonly authMode: AuthMode;
  readonly signUp: SignUp;
  readonly directory: Directory;
  readonly defaultVisibility: DefaultVisibility;
  readonly defaultCalendarRole: DefaultCalendarRole;
  /** The first signs tokens, each verifies them. Empty: the service creates one and keeps it in `dataDir`. */
  readonly jwtSecrets: readonly string[];
  /** The first API key, with all scopes; null: the command makes it. */
  readonly bootstrapApiKey: string | null;
  /** Null: passwords alone. */
  readonly oidc: OidcProvider | null;
}

/** HS256 takes a key of at least the size of its hash (RFC 7518 §3.2). */
const JWT_SECRET_MIN_BYTES = 32;

export function readAccess(env: Variables, production: boolean, errors: GatheredErrors): AccessConfiguration {
  return {
    authMode: errors.of(() =>
      readChoice('AUTH_MODE', env.AUTH_MODE || (production ? 'required' : 'optional'), AUTH_MODES),
    ),
    signUp: errors.of(() => readChoice('SIGN_UP', env.SIGN_UP || 'open', SIGN_UP)),
    directory: errors.of(() =>
      readChoice('DIRECTORY', env.DIRECTORY || (production ? 'shared' : 'open'), DIRECTORIES),
    ),
    defaultVisibility: errors.of(() =>
      readChoice('DEFAULT_VISIBILITY', env.DEFAULT_VISIBILITY || 'public', DEFAULT_VISIBILITIES),
    ),
    defaultCalendarRole: errors.of(() =>
      readChoice('DEFAULT_CALENDAR_ROLE', env.DEFAULT_CALENDAR_ROLE || 'reader', DEFAULT_CALENDAR_ROLES),
    ),
    jwtSecrets: errors.of(() => readJwtSecrets(env, production)),
    bootstrapApiKey: errors.of(() => readBootstrapApiKey(env.BOOTSTRAP_API_KEY)),
    oidc: errors.of(() => readOidcProvider(env.OIDC_ISSUER, env.OIDC_AUDIENCE)),
  };
}

/** Several secrets, separated by commas, let a new one take over while tokens of the old one are still in force. */
function readJwtSecrets(
  { JWT_SECRET: value, JWT_SECRET_FILE: file }: Variables,
  production: boolean,
): readonly string[] {
  if (!value) {
    // A file that cannot be read has an error of its own.
    if (production && !file) throw new ConfigurationError('JWT_SECRET must be set with NODE_ENV=production.');
    return [];
  }
  const secrets = value.split(',').map((secret) => secret.trim());
  if (secrets.some((secret) => Buffer.byteLength(secret) < JWT_SECRET_MIN_BYTES)) {
    throw new ConfigurationError(
      `JWT_SECRET must have at least ${JWT_SECRET_MIN_BYTES} bytes; where it names several, each of them.`,
    );
  }
  return secrets;
}

/** At least 40 characters, those of a token in the header Authorization (RFC 6750 §2.1). */
const BOOTSTRAP_API_KEY = /^(?=.{40})cal_[\w\-.~+/]+=*$/;

function readBootstrapApiKey(value: string | undefined): string | null {
  if (!value) return null;
  if (BOOTSTRAP_API_KEY.test(value)) return value;
  throw new ConfigurationError(
    'BOOTSTRAP_API_KEY must have at least 40 characters, begin with cal_, and have letters, digits and -._~+/ alone.',
  );
}

function readOidcProvider(issuer: string | undefined, audience: string | undefined): OidcProvider | null {
  if (!issuer && !audience) return null;
  if (!issuer || !audience)
    throw new ConfigurationError('OIDC_ISSUER and OIDC_AUDIENCE must be set together.');
  expectPercentEncoded('OIDC_ISSUER', issuer);
  const url = webAddress(issuer);
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new ConfigurationError(
      `OIDC_ISSUER must be an https address, not "${withoutCredentials(issuer)}".`,
    );
  }
  return { issuer, audience };
}
