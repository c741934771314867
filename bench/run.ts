/** Runs the named scenario: `npm run bench -- scheduling`. */
const [name] = process.argv.slice(2);
if (!name || !/^[a-z-]+$/.test(name)) {
  process.stderr.write('Name a scenario: npm run bench -- scheduling\n');
  process.exit(1);
}
const scenario = (await import(`./${name}.bench.js`)) as { run(): Promise<void> };
await scenario.run();
