import type { InitializeHook, ResolveHook } from 'node:module';

const SOURCES = new URL('../../src/', import.meta.url);
const WITHOUT = new URL('without/', import.meta.url);

const replaced = new Map<string, string>();

export const initialize: InitializeHook<Record<string, string>> = (without) => {
  for (const [module, file] of Object.entries(without))
    replaced.set(new URL(`${module}.js`, SOURCES).href, new URL(`${file}.js`, WITHOUT).href);
};

/** Gives the modules of the service the replacement of a module. The replacement itself may import the original. */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const resolved = await nextResolve(specifier, context);
  const url = replaced.get(resolved.url);
  const importer = context.parentURL ?? '';
  if (url === undefined || !importer.startsWith(SOURCES.href)) return resolved;
  return { ...resolved, url };
};
