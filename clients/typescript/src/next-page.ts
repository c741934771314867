/** A link of the header with its parameters. A URL and a quoted value may contain commas and semicolons. */
const LINK = /<([^>]*)>((?:\s*;\s*[^\s=",;]+(?:\s*=\s*(?:"[^"]*"|[^\s",;]+))?)*)/g;

const PARAMETER = /;\s*([^\s=",;]+)(?:\s*=\s*(?:"([^"]*)"|([^\s",;]+)))?/g;

/**
 * Reads the query of the next page from a `Link` header (RFC 8288).
 *
 * The next page has the path of the previous page and another query. The client reads only the query and keeps its base
 * URL. So the link may be a path, a relative or an absolute URL, a proxy may strip any prefix, and the client sends no
 * token to a host from a response.
 *
 * @returns the query of the link with `rel="next"`, without the question mark; null on the last page
 */
export function nextQueryOf(link: string | null): string | null {
  for (const [, url = '', parameters = ''] of (link ?? '').matchAll(LINK))
    if (relationsIn(parameters).includes('next')) return /\?([^#]*)/.exec(url)?.[1] ?? '';
  return null;
}

function relationsIn(parameters: string): string[] {
  const relation = [...parameters.matchAll(PARAMETER)].find(([, name]) => name?.toLowerCase() === 'rel');
  const [, , quoted, bare] = relation ?? [];
  return (quoted ?? bare ?? '').toLowerCase().split(/\s+/);
}
