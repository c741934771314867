/** A place that breaks a rule of the house. */
export interface Finding {
  readonly path: string;
  readonly problem: string;
}

/** A source file: its path from the root, with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The files of src that the service runs: all but the unit tests. */
export function sourcesOf(files: readonly SourceFile[]): SourceFile[] {
  return files.filter(({ path }) => path.startsWith('src/') && !path.endsWith('.spec.ts'));
}
