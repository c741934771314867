import { getMetadataArgsStorage } from 'typeorm';

/** SQL of a value that no column has, from the table's alias. */
type Expression = (table: string) => string;

/** SQL of each column: its name in the table, or an expression of the table's alias. */
type Expressions<Row> = { readonly [Name in keyof Row]-?: string | Expression };

/** The properties of an entity that are columns. Its relations are optional properties. */
type ColumnOf<Entity> = {
  [Name in keyof Entity]-?: object extends Pick<Entity, Name> ? never : Name;
}[keyof Entity];

/** How a row differs from its entity. Names each column that the row does not have, and each value that is no column. */
type Differences<Row, Entity> = {
  readonly [Name in Exclude<ColumnOf<Entity>, keyof Row>]: 'left out';
} & { readonly [Name in Exclude<keyof Row, ColumnOf<Entity>>]: Expression };

/** A row as PostgreSQL gives it within JSON: an instant is ISO 8601 text. */
export type InJson<Row> = { readonly [Name in keyof Row]: ValueInJson<Row[Name]> };

type ValueInJson<T> = T extends Date ? string : T;

/**
 * The columns of a table that statements read and write. A query and the type of its rows use the same list of names, so
 * that the compiler refuses a column that the query does not read.
 *
 * @example
 * const USER = new Columns<{ id: number; timeZone: string }>('users', { id: 'id', timeZone: 'time_zone' });
 * USER.select('u', ['id', 'timeZone']); // u.id AS "id", u.time_zone AS "timeZone"
 */
export class Columns<Row> {
  readonly names: readonly (keyof Row & string)[];

  constructor(
    private readonly table: string,
    private readonly expressions: Expressions<Row>,
  ) {
    this.names = Object.keys(expressions) as (keyof Row & string)[];
  }

  /** The select list of these columns, each under its name. */
  select(table: string, names: readonly (keyof Row & string)[]): string {
    return names.map((name) => `${this.expression(table, name)} AS "${name}"`).join(', ');
  }

  /** The same under the names of the table, for a query around it. */
  bare(table: string, names: readonly (keyof Row & string)[]): string {
    return names.map((name) => this.expression(table, name)).join(', ');
  }

  /** The names in the table, for the column list of an INSERT. */
  list(names: readonly (keyof Row & string)[]): string {
    return names.map((name) => this.column(name)).join(', ');
  }

  /**
   * An INSERT of these columns of any number of rows. Its parameter `$1` is the tenant of the rows, and `$2` has the rows
   * in the form of `rowsInJson`.
   */
  insert(names: readonly (keyof Row & string)[]): string {
    const list = this.list(names);
    return `INSERT INTO ${this.table} (tenant_id, ${list})
      SELECT $1, ${list} FROM jsonb_populate_recordset(NULL::${this.table}, $2)`;
  }

  /** Rows as the parameter of `insert`. A value that is null is left out: PostgreSQL reads it as NULL all the same. */
  rowsInJson<Name extends keyof Row & string>(
    names: readonly Name[],
    rows: readonly Readonly<Pick<Row, Name>>[],
  ): string {
    const columns = this.columnsOf(names);
    return JSON.stringify(rows.map((row) => inTable(row, columns)));
  }

  /** The rows of a parameter in the form of `sharingRowsInJson`, as an item of FROM. */
  sharingRows(parameter: string): string {
    const json = `${parameter}::jsonb`;
    return `jsonb_populate_recordset(jsonb_populate_record(NULL::${this.table}, ${json} -> 'shared'), ${json} -> 'rows')`;
  }

  /**
   * Rows, with the values that all of them share but once. For many rows, this text is shorter than that of `rowsInJson`, and
   * PostgreSQL reads a shared value but once.
   */
  sharingRowsInJson<Name extends keyof Row & string>(
    names: readonly Name[],
    rows: readonly Readonly<Pick<Row, Name>>[],
  ): string {
    const columns = this.columnsOf(names);
    const isShared = ([name]: readonly [Name, string]) =>
      rows.every((row) => isSameValue(row[name], rows[0][name]));
    const shared = columns.filter(isShared);
    const own = columns.filter((column) => !shared.includes(column));
    return JSON.stringify({
      shared: rows.length === 0 ? {} : inTable(rows[0], shared),
      rows: rows.map((row) => inTable(row, own)),
    });
  }

  /** The columns of a row that PostgreSQL gave as JSON under the names of the table, by their names here. Leaves out others. */
  fromTable(json: Readonly<Record<string, unknown>>): Partial<InJson<Row>> {
    const found: Record<string, unknown> = {};
    for (const name of this.names) {
      const expression: string | Expression = this.expressions[name];
      if (typeof expression === 'string' && expression in json) found[name] = json[expression];
    }
    return found as Partial<InJson<Row>>;
  }

  /** The names with those in the table. */
  private columnsOf<Name extends keyof Row & string>(names: readonly Name[]): (readonly [Name, string])[] {
    return names.map((name) => [name, this.column(name)] as const);
  }

  private column(name: keyof Row & string): string {
    const expression: string | Expression = this.expressions[name];
    if (typeof expression === 'string') return expression;
    throw new Error(`${this.table} has no column ${name}, only an expression.`);
  }

  private expression(table: string, name: keyof Row & string): string {
    const expression: string | Expression = this.expressions[name];
    return typeof expression === 'function' ? expression(table) : `${table}.${expression}`;
  }
}

/** The columns of a row that are not null, under their names in the table. */
function inTable<Name extends string>(
  row: Readonly<Record<Name, unknown>>,
  columns: readonly (readonly [Name, string])[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, column] of columns) if (row[name] !== null) values[column] = row[name];
  return values;
}

/** Whether two values are the same, as far as a quick look tells. */
function isSameValue(a: unknown, b: unknown): boolean {
  return a === b || (Array.isArray(a) && Array.isArray(b) && a.length === 0 && b.length === 0);
}

/**
 * The columns of an entity. The entity is the only list of columns: a column that is added to the entity alone or to the
 * row alone does not compile.
 *
 * @example
 * columnsOfEntity<{ id: number; startAt: Date }, Meeting>(Meeting, { span: 'left out', startAt: (m) => `lower(${m}.span)` });
 */
export function columnsOfEntity<Row, Entity extends Pick<Row, keyof Row & keyof Entity>>(
  entity: new () => Entity,
  differences: Differences<Row, Entity>,
): Columns<Row> {
  const { tables, columns } = getMetadataArgsStorage();
  const ofEntity = columns.filter(({ target }) => target === entity);
  const names = Object.fromEntries(
    ofEntity.map(({ propertyName, options }) => [propertyName, options.name ?? propertyName]),
  );
  const expressions = Object.entries({ ...names, ...differences }).filter(([, sql]) => sql !== 'left out');
  const table = tables.find(({ target }) => target === entity)?.name;
  if (table === undefined) throw new Error(`${entity.name} is not an entity with a table.`);
  return new Columns(table, Object.fromEntries(expressions) as Expressions<Row>);
}

/** The rows of a query as one JSON array; `[]` if there are none. */
export function jsonRows(query: string): string {
  return `(SELECT coalesce(json_agg(rows), '[]') FROM (${query}) AS rows)`;
}
