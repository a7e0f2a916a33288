/**
 * Random Dedalus programs: total lineage, run lineage and brute force.
 */
import { agree, compareScenarios, compareSets, programOf } from '../reference/compare.js';
import { randomSpec } from '../reference/random-program.js';
import { shrinkSpec } from '../reference/shrink.js';
import type { Subject } from './subject.js';

export const programs: Subject = {
  name: 'programs',

  async examine(seed, closely) {
    const spec = randomSpec(seed);
    const mismatches: string[] = [];
    const comparison = await compareSets(spec);
    if (comparison && !agree(comparison)) mismatches.push(JSON.stringify(comparison, undefined, 1));
    const reference = closely ? await compareSets(spec, undefined, undefined, 'reference') : undefined;
    if (reference && !agree(reference)) mismatches.push(`reference: ${JSON.stringify(reference, undefined, 1)}`);
    const difference = closely ? await compareScenarios(spec) : undefined;
    if (difference) mismatches.push(difference);
    return { verdict: comparison?.brute.verdict, mismatches };
  },

  async shrunk(seed) {
    const spec = randomSpec(seed);
    const failing = (await compareScenarios(spec)) !== undefined;
    const { bounds, text } = failing
      ? await shrinkSpec(
          spec,
          async (it) => programOf(it.text) !== undefined && (await compareScenarios(it)) !== undefined,
        )
      : spec;
    const { eot, eff, crashes, nodes } = bounds;
    return `//! check eot=${eot} eff=${eff} crashes=${crashes} nodes=${nodes.join(',')}\n${text}`;
  },
};
