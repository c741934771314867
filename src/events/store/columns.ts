/** SQL of each column: its name in the table, or an expression of the table's alias. */
type Expressions<Row> = { readonly [Name in keyof Row]-?: string | ((table: string) => string) };

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

  /** An INSERT of these columns of any number of rows, which its parameter `$1` has in the form of `rowsInJson`. */
  insert(names: readonly (keyof Row & string)[]): string {
    const list = this.list(names);
    return `INSERT INTO ${this.table} (${list}) SELECT ${list} FROM jsonb_populate_recordset(NULL::${this.table}, $1)`;
  }

  /** Rows as the parameter of `insert`. */
  rowsInJson<Name extends keyof Row & string>(
    names: readonly Name[],
    rows: readonly Readonly<Pick<Row, Name>>[],
  ): string {
    const inTable = (row: Readonly<Pick<Row, Name>>) => names.map((name) => [this.column(name), row[name]]);
    return JSON.stringify(rows.map((row) => Object.fromEntries(inTable(row))));
  }

  private column(name: keyof Row & string): string {
    const expression: string | ((table: string) => string) = this.expressions[name];
    if (typeof expression === 'string') return expression;
    throw new Error(`${this.table} has no column ${name}, only an expression.`);
  }

  private expression(table: string, name: keyof Row & string): string {
    const expression: string | ((table: string) => string) = this.expressions[name];
    return typeof expression === 'function' ? expression(table) : `${table}.${expression}`;
  }
}

/** The rows of a query as one JSON array; `[]` if there are none. */
export function jsonRows(query: string): string {
  return `(SELECT coalesce(json_agg(rows), '[]') FROM (${query}) AS rows)`;
}
