import type { paths } from '../../../clients/typescript/src/schema.js';

/** How an invite is answered. */
export type InviteVerb = keyof paths extends infer Path
  ? Path extends `/event-invites/{invite_id}:${infer Name}`
    ? Name
    : never
  : never;

/**
 * The document's operation of a method and the path of a request, which may have a query: `/events/5?max_attendees=1` is
 * a path of `/events/{event_id}`. `never` if no operation has the path, or if a part of the path is known only when the
 * test runs. For one of several paths, one of their operations.
 */
export type Operation<M extends string, Path extends string> = Path extends string
  ? {
      [Template in keyof paths]: Lowercase<M> extends keyof paths[Template]
        ? Matches<Segments<WithoutQuery<Path>>, Segments<Template>> extends true
          ? Exclude<paths[Template][Lowercase<M>], undefined>
          : never
        : never;
    }[keyof paths]
  : never;

type WithoutQuery<Path extends string> = Path extends `${infer Before}?${string}` ? Before : Path;

/** `/events/5` as `['', 'events', '5']`. */
type Segments<Path extends string> = Path extends `${infer First}/${infer Rest}`
  ? [First, ...Segments<Rest>]
  : [Path];

type Matches<Path extends string[], Template extends string[]> = Path extends [
  infer Segment extends string,
  ...infer Others extends string[],
]
  ? Template extends [infer First extends string, ...infer Rest extends string[]]
    ? Segment extends Allowed<First, Segment>
      ? Matches<Others, Rest>
      : false
    : false
  : Template extends []
    ? true
    : false;

/** The segments that a segment of the document stands for. */
type Allowed<Template extends string, Segment extends string> = Template extends `{${string}}:${infer Name}`
  ? `${string}:${Name}`
  : Template extends `{${string}}`
    ? Segment extends `${string}:${Verb}`
      ? never
      : string
    : Template;

/** The end of a path that acts on a resource, such as `accept` of `/event-invites/{invite_id}:accept`. */
type Verb = { [Path in keyof paths]: Path extends `${string}}:${infer Name}` ? Name : never }[keyof paths];
