import { type Finding, type SourceFile, sourcesOf } from './finding.js';

/** The names that only requests and responses have for the times of an event. */
const WIRE_NAME = /\b(?:start_date|end_date)\b/;

/** The edges that translate the names, and the examples of the OpenAPI document, which are requests and responses. */
const PLACES = [
  'src/events/rest/',
  'src/holds/rest/',
  'src/meetings/book/rest/',
  'src/meetings/series-slots/rest/',
  'src/openapi/story/',
];

/** Finds files of src, unit tests aside, that use a wire name of an event outside of its places; comments count. */
export function wireNameFindings(files: readonly SourceFile[]): Finding[] {
  return sourcesOf(files)
    .filter(({ path }) => !PLACES.some((place) => path.startsWith(place)))
    .flatMap(({ path, text }) => {
      const match = WIRE_NAME.exec(text);
      return match === null ? [] : [{ path, problem: `uses the wire name ${match[0]}` }];
    });
}
