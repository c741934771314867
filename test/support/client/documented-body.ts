import type { Problem } from '../../../clients/typescript/src/schema.js';
import type { Operation } from './documented-operation.js';

/** The body that the document asks for. `unknown` if the compiler cannot tell which operation it is. */
export type RequestBody<M extends string, Path extends string> = [Operation<M, Path>] extends [never]
  ? unknown
  : Given<Content<RequestOf<Operation<M, Path>>>>;

/** The body of a success, with the fields of each alternative. `unknown` if the compiler cannot tell which operation it is. */
export type SuccessBody<M extends string, Path extends string> = [Operation<M, Path>] extends [never]
  ? unknown
  : Fields<Content<SuccessOf<Operation<M, Path>>>>;

/** The same, with the fields of a problem: a test reads `body.title` or `body.code` without a check of the status. */
export type ResponseBody<M extends string, Path extends string> = WithProblem<SuccessBody<M, Path>>;

/** The same value from a test, which may not change it. */
type Given<Value> = Value extends object ? { readonly [Name in keyof Value]: Given<Value[Name]> } : Value;

type RequestOf<Documented> = Documented extends { requestBody?: infer Body } ? NonNullable<Body> : never;
type SuccessOf<Documented> = Documented extends { responses: infer All }
  ? { [Status in keyof All]: Status extends 200 | 201 ? All[Status] : never }[keyof All]
  : never;
type Content<Message> = Message extends { content: infer Types } ? Types[keyof Types] : never;

type WithProblem<Body> = [Body] extends [never]
  ? Required<Problem>
  : Body extends string | readonly unknown[]
    ? Body & Required<Problem>
    : Body & Omit<Required<Problem>, keyof Body>;

type Fields<Body> = [Body] extends [never]
  ? never
  : [Body] extends [string]
    ? Body
    : [Body] extends [readonly unknown[]]
      ? Fields<ItemOf<Body>>[]
      : { [Name in KeyOf<Body>]: WithFields<FieldOf<Body, Name>> };

/** The same for a list, and for an object that is null or has one of several shapes, such as `repeat`. */
type WithFields<Value> = [Value] extends [readonly unknown[]]
  ? [ItemOf<Value>] extends [object]
    ? Fields<ItemOf<Value>>[]
    : Value
  : [Value] extends [object | null]
    ? NonNullable<Value> & { [Name in KeyOf<NonNullable<Value>>]?: FieldOf<NonNullable<Value>, Name> }
    : Value;

type ItemOf<List> = List extends readonly (infer Item)[] ? Item : never;
type KeyOf<Body> = Body extends unknown ? keyof Body : never;
type FieldOf<Body, Name extends PropertyKey> = Body extends { [N in Name]?: infer Value } ? Value : never;
