/** Loaded into an instance with `--expose-gc`: SIGUSR2 frees all memory that nothing uses any more. */
process.on('SIGUSR2', () => globalThis.gc?.());
