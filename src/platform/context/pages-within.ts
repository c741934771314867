/**
 * The pages of a generator, each of which is read within the context of `run`. A generator otherwise continues in the
 * context of the reader: for a stream, that of the socket.
 */
export async function* pagesWithin<Page>(
  run: <T>(work: () => T) => T,
  pages: AsyncGenerator<Page, void, undefined>,
): AsyncGenerator<Page, void, undefined> {
  try {
    for (;;) {
      const page = await run(async () => pages.next());
      if (page.done) return;
      yield page.value;
    }
  } finally {
    await run(async () => pages.return());
  }
}
