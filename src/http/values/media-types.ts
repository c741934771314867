const MEDIA_RANGE = /^\s*([\w!#$&^.+*-]+\/[\w!#$&^.+*-]+)\s*((?:;[^;]*)*)$/;
const QUALITY = /;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)/i;

/**
 * Whether `Accept` prefers one media type to JSON, which every response has otherwise (RFC 9110 §12.5.1). The header must name
 * the type itself.
 * @example prefersToJson('text/calendar, *\/*;q=0.1', 'text/calendar') // true
 */
export function prefersToJson(accept: string | undefined, type: string): boolean {
  if (accept === undefined) return false;
  const qualities = new Map<string, number>();
  for (const part of accept.split(',')) {
    const [, range = '', parameters = ''] = MEDIA_RANGE.exec(part) ?? [];
    if (range !== '') qualities.set(range.toLowerCase(), Number(QUALITY.exec(parameters)?.[1] ?? 1));
  }
  const quality = qualities.get(type) ?? 0;
  const ofJson = qualities.get('application/json') ?? 0;
  return quality > 0 && quality >= ofJson;
}
