/** Runs of classic systems. */
import { programAt } from '../../scripts/site/specs.js';
import type { Scenario } from '../../src/faults/fault.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { resolveChecks } from '../../src/search/check.js';
import type { Run } from '../../src/simulator/run.js';

/** The run of a spec within the bounds of its first check. */
export async function runOf(path: string, scenario: Scenario = []): Promise<Run> {
  const program = programAt(path);
  const [check] = resolveChecks(program);
  if (!check) throw new Error(`${path} has no check`);
  return new DedalusSystem(program, check.bounds).run(scenario);
}

/** The first tick at which a relation has a row, of some first columns. */
export function firstTick(run: Run, relation: string, ...columns: readonly (string | number)[]): number | undefined {
  for (let tick = 1; tick <= run.eot; tick++)
    if (run.rows(relation, tick).some((row) => columns.every((value, i) => row[i] === value))) return tick;
  return undefined;
}
