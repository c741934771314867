/** A piece of the path of a request, and the modules that the service runs without when the piece is off. */
export interface Piece {
  readonly name: string;
  /** By the path of the module in `src/`: the file in `without/` in its place. */
  readonly without: Readonly<Record<string, string>>;
}

/** The handler of the measured request answers without the database in every variant. */
export const HANDLER: Piece = {
  name: 'handler',
  without: { 'scheduling/free-busy/free-busy.service': 'free-busy-service' },
};

/** In the order in which the benchmark leaves them out. */
export const PIECES: readonly Piece[] = [
  { name: 'security headers', without: { 'http/browser-protection': 'browser-protection' } },
  { name: 'log line, id of the request', without: { 'http/observation/request-log': 'request-log' } },
  { name: 'metrics', without: { 'metrics/measure-requests': 'measure-requests' } },
  { name: 'ETag, Cache-Control', without: { 'http/caching/http-cache': 'http-cache' } },
  { name: 'Date', without: { 'http/date-header': 'date-header' } },
  { name: '`pretty`', without: { 'http/body/readable-json': 'readable-json' } },
  { name: 'rate limit', without: { 'rate-limit/limit-requests': 'limit-requests' } },
  {
    name: 'admission, idle connections',
    without: { 'http/load/admission': 'admission', 'http/load/idle-connections': 'idle-connections' },
  },
  { name: 'methods of a path', without: { 'http/allowed-methods': 'allowed-methods' } },
  { name: '`InputPipe`', without: { 'http/input-pipe': 'input-pipe' } },
  {
    name: 'authentication guard',
    without: { 'auth/identity/authentication.guard': 'authentication-guard' },
  },
  {
    name: 'deadline, names of fields in errors',
    without: {
      'http/load/request-deadline.interceptor': 'request-deadline',
      'http/wire-names/wire-names.interceptor': 'wire-names',
    },
  },
  {
    name: 'asynchronous context (actor, author, tenant)',
    without: { 'platform/context/context-variable': 'context-variable' },
  },
];
