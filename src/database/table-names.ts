import { type DataSource, getMetadataArgsStorage } from 'typeorm';

/** The names of the tables of a DataSource's entities. The DataSource need not be initialised. */
export function tableNamesOf(dataSource: DataSource): string[] {
  const targets: ReadonlySet<unknown> = new Set(Object.values(dataSource.options.entities ?? []));
  return getMetadataArgsStorage().tables.flatMap(({ target, name }) =>
    targets.has(target) && name ? [name] : [],
  );
}
