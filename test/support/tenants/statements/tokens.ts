/** A part of a statement that the check distinguishes. */
export type Token =
  | { readonly kind: 'word' | 'quoted' | 'parameter' | 'symbol'; readonly text: string }
  | { readonly kind: 'marker'; readonly text: string }
  | { readonly kind: 'query'; readonly text: string; readonly queries: readonly Query[] };

/** One SELECT, INSERT, UPDATE or DELETE, in whose tokens each query within is one token. */
export type Query = readonly Token[];

/** A use of a table in a query. */
export interface TableUse {
  readonly table: string;
  readonly alias: string;
  readonly isInserted: boolean;
  /** The index of the token after the table and its alias. */
  readonly end: number;
}

const PARTS =
  /(--[^\n]*|\/\*[\s\S]*?\*\/)|'(?:[^']|'')*'|"((?:[^"]|"")*)"|(\$\d+|\b\d+\b)|([A-Za-z_]\w*)|::|<>|<=|>=|[^\s]/g;

/** The comment that excepts the tables of a query. */
const MARKER = /^--\s*all tenants\s*$/;

const BEGINS_QUERY = new Set(['select', 'with', 'insert', 'update', 'delete', 'values']);

/** Between two queries of one level. */
const SEPARATORS = new Set(['union', 'intersect', 'except', ';']);

/** The queries of the outermost level of a statement. */
export function queriesOf(statement: string): readonly Query[] {
  return new Reader(tokensOf(statement)).level();
}

function tokensOf(statement: string): Token[] {
  return [...statement.matchAll(PARTS)].flatMap(([text, comment, quoted, parameter, word]): Token[] => {
    if (comment !== undefined) return MARKER.test(comment) ? [{ kind: 'marker', text }] : [];
    if (quoted !== undefined) return [{ kind: 'quoted', text: quoted }];
    if (parameter !== undefined) return [{ kind: 'parameter', text }];
    if (word !== undefined) return [{ kind: 'word', text: word.toLowerCase() }];
    return [{ kind: 'symbol', text }];
  });
}

class Reader {
  private place = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** Reads until the parenthesis that ends the level, or the end of the statement. */
  level(): Query[] {
    const queries: Token[][] = [[]];
    for (let depth = 0; this.place < this.tokens.length; this.place += 1) {
      const token = this.tokens[this.place];
      if (token.text === '(' && this.beginsQuery()) {
        this.place += 1;
        queries.at(-1)?.push({ kind: 'query', text: '(query)', queries: this.level() });
        continue;
      }
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
      if (depth < 0) break;
      if (token.kind !== 'quoted' && SEPARATORS.has(token.text)) queries.push([]);
      else queries.at(-1)?.push(token);
    }
    return queries;
  }

  private beginsQuery(): boolean {
    const next = this.tokens.slice(this.place + 1).find(({ kind }) => kind !== 'marker');
    return next?.kind === 'word' && BEGINS_QUERY.has(next.text);
  }
}
