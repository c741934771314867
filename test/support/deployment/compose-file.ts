import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';

/** A service of `compose.yaml`, as far as tests read it. */
export interface ComposeService {
  readonly image?: string;
  readonly build?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly stop_grace_period?: string;
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

type Variables = Readonly<Record<string, string>>;

/** Gives the file as Compose reads it with these variables in its environment. */
export function readCompose(text: string): (variables?: Variables) => ComposeFile {
  const file = load(text, { schema: CORE_SCHEMA.withTags(mergeTag) });
  return (variables = {}) => interpolated(file, variables) as ComposeFile;
}

function interpolated(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return interpolate(value, variables);
  if (Array.isArray(value)) return value.map((item) => interpolated(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolated(item, variables)]));
}

/** Replaces `${NAME:-default}` (if unset or empty) and `${NAME-default}` (if unset), the innermost first. */
function interpolate(text: string, variables: Variables): string {
  const replaced = text.replace(
    /\$\{(\w+)(?:(:?-)([^${}]*))?\}/g,
    (_, name: string, operator: string | undefined, fallback = '') => {
      const value = variables[name];
      return (operator === ':-' ? value || fallback : (value ?? fallback)) as string;
    },
  );
  return replaced === text ? text : interpolate(replaced, variables);
}
