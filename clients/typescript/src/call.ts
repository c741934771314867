import type { Client, ClientPathsWithMethod, FetchResponse, MaybeOptionalInit } from 'openapi-fetch';
import type { paths } from './schema.js';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The paths of the API that have this method. */
export type PathOf<M extends Method> = ClientPathsWithMethod<Client<paths>, M>;

/** The parameters and the body of an operation, and the options of `fetch` such as `signal`. */
export type InitOf<Path extends PathOf<M>, M extends Method> = MaybeOptionalInit<paths[Path], M>;

/** One argument, which is optional if it has no required member. */
export type InitArgument<Init> = undefined extends Init
  ? [init?: Init & Record<string, unknown>]
  : [init: Init & Record<string, unknown>];

export type Data<Operation extends Record<string | number, unknown>, Init> = FormOf<
  Extract<FetchResponse<Operation, Init, `${string}/${string}`>, { data: unknown }>['data'],
  Init
>;

/** The elements of incremental lists. */
type Incremental = { readonly removed: true } | { readonly overrides: readonly unknown[] };

/** A list has elements of one form with `sync_token`, and of another form without. */
type FormOf<Body, Init> = Body extends readonly (infer Item)[]
  ? Init extends { params: { query: { sync_token: string } } }
    ? Extract<Item, Incremental>[]
    : Exclude<Item, Incremental>[]
  : Body;

/** A request with `If-None-Match` has no data if the service answers 304. */
type NotModified<Init> = Init extends { params: { header: { 'If-None-Match': string } } } ? undefined : never;

export interface CallResult<Operation extends Record<string | number, unknown>, Init> {
  readonly data: Data<Operation, Init> | NotModified<Init>;
  /** The status and headers of the response, such as `ETag`. */
  readonly response: Response;
}

/** A method of HTTP. @throws {ProblemError} for a response that is not a success @throws {ConnectionError} */
export type Call<M extends Method> = <Path extends PathOf<M>, Init extends InitOf<Path, M>>(
  path: Path,
  ...init: InitArgument<Init>
) => Promise<CallResult<paths[Path][M] & Record<string | number, unknown>, Init>>;

/** The paths of lists that come in pages. */
export type ListPath = {
  [Path in PathOf<'get'>]: paths[Path]['get'] extends { parameters: { query?: infer Query } }
    ? 'page_token' extends keyof NonNullable<Query>
      ? Path
      : never
    : never;
}[PathOf<'get'>];

/** One element of a list. */
export type ElementOf<Path extends ListPath, Init> =
  Data<paths[Path]['get'] & Record<string | number, unknown>, Init> extends readonly (infer Item)[]
    ? Item
    : never;
