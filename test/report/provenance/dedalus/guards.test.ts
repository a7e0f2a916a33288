/**
 * What the slice says of facts that are absent because of others, and what is there for the promise only.
 */
import { describe, expect, it } from 'vitest';
import { fileReader } from '../../../../src/cli/io/file-reader.js';
import { loadProgram } from '../../../../src/dedalus/load.js';
import { DedalusSystem } from '../../../../src/lineage/ground/system.js';
import { DedalusProvenance } from '../../../../src/report/provenance/dedalus/provenance.js';
import { runView } from '../../../../src/report/provenance/run-view.js';
import { resolveChecks } from '../../../../src/search/check.js';

function provenanceOf(path: string, check: string): DedalusProvenance {
  const { program } = loadProgram([path], fileReader);
  const found = program && resolveChecks(program).find(({ name }) => name === check);
  if (!program || !found) throw new Error(`${path} has no check ${check}`);
  return new DedalusProvenance(new DedalusSystem(program, found.bounds));
}

describe('three-phase commit', () => {
  const of = provenanceOf('specs/commit/3pc.ded', 'one-loss');

  it.each([
    ['broken', [{ kind: 'omission', from: 'c', to: 'p', tick: 3 }]],
    ['good', []],
  ] as const)('has the votes in the slice of the %s run: none is missing because they arrived', (_, scenario) => {
    const { messages } = runView(of.case(scenario));
    const votes = messages.filter(({ label, sent }) => label.startsWith('yes(') && sent === 2);
    expect(votes.map(({ from, slice }) => `${from} ${slice}`).sort()).toEqual(['p true', 'q true']);
  });

  it('has helpers of the promise: what is derived for it alone, and neither kept nor sent', () => {
    expect([...of.helpers].sort()).toEqual(['post', 'pre', 'split']);
  });
});
