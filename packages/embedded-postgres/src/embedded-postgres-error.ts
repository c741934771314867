/** The server cannot use its directory. `problem` begins a sentence, and `remedy` ends it. */
export class EmbeddedPostgresError extends Error {
  constructor(
    readonly problem: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${problem}: ${remedy}.`, options);
    this.name = new.target.name;
  }
}

/** The directory is the data directory of a PostgreSQL that this package did not create. */
export class ForeignDataError extends EmbeddedPostgresError {
  constructor(
    directory: string,
    /** The major version of that PostgreSQL. */
    readonly version: string,
  ) {
    super(
      `${directory} is the data directory of a PostgreSQL ${version} of its own`,
      'use another directory',
    );
  }
}

/** The programs of PostgreSQL do not run on this machine. */
export class UnusableProgramsError extends EmbeddedPostgresError {
  /** @param reason the complaint of the system or of the program */
  constructor(reason: string) {
    super(`The embedded PostgreSQL does not run on this machine (${reason})`, 'use another server');
  }
}
