import type { Call, ElementOf, InitOf, ListPath } from './call.js';
import { nextQueryOf } from './next-page.js';

interface Page<Path extends ListPath, Init> {
  readonly data: ElementOf<Path, Init>[];
  readonly response: Response;
}

/** The pages of a list. The request of the next page is the same request with the query of the `Link` header. */
export async function* pagesOf<Path extends ListPath, Init extends InitOf<Path, 'get'>>(
  get: Call<'get'>,
  path: Path,
  init: Init | undefined,
): AsyncGenerator<ElementOf<Path, Init>[], void, undefined> {
  const getPage = get as unknown as (path: Path, init: object) => Promise<Page<Path, Init>>;
  const { params, ...options } = (init ?? {}) as { params?: { header?: Record<string, unknown> } };
  // Without the header parameter `If-None-Match`: a page that has not changed would have no elements.
  const header = { ...params?.header, 'If-None-Match': undefined };
  const request = { ...options, params: { ...params, header } };
  let { data, response } = await getPage(path, request);
  yield data;
  for (;;) {
    const query = nextQueryOf(response.headers.get('link'));
    if (query === null) return;
    ({ data, response } = await getPage(path, { ...request, querySerializer: () => query }));
    yield data;
  }
}
