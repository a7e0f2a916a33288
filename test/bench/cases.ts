/**
 * What is measured: every check of every spec.
 */
import { fileReader } from '../../src/cli/io/file-reader.js';
import { findSpecs } from '../../src/cli/io/files.js';
import { loadProgram } from '../../src/dedalus/load.js';
import type { Program } from '../../src/dedalus/program.js';
import { type Check, resolveChecks } from '../../src/search/check.js';

export interface Case {
  /** `broadcast/ack usual`. */
  readonly name: string;
  readonly path: string;
  readonly program: Program;
  readonly check: Check;
}

/** The checks whose names contain `only`. A spec that does not load is left out, with a word about it. */
export function findCases(only: string, complain: (text: string) => void): Case[] {
  return findSpecs(['specs'])
    .specs.flatMap((path) => {
      const { program } = loadProgram([path], fileReader);
      if (!program) complain(`left out, has errors: ${path}`);
      const spec = path.replace(/^specs\//, '').replace(/\.ded$/, '');
      return program
        ? resolveChecks(program).map((check) => ({ name: `${spec} ${check.name}`, path, program, check }))
        : [];
    })
    .filter(({ name }) => name.includes(only));
}
