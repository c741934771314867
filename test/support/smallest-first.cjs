const { statSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Runs the smallest test files first. They are quick, and most mutants fail in one of them. */
module.exports = class SmallestFirst extends Sequencer {
  sort(tests) {
    return tests.toSorted((a, b) => statSync(a.path).size - statSync(b.path).size);
  }
};
