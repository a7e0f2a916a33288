/**
 * The oracle of a fault space: what is possible within its bounds.
 */
import type { FaultSpace } from '../faults/space.js';
import { cadicalMaker } from '../solver/cadical.js';
import { SatOracle } from '../solver/oracle.js';

/** An oracle with a solver of its own, which is to be disposed of. */
export async function oracleOf({ circuit, admissible, faults }: FaultSpace): Promise<SatOracle> {
  return new SatOracle(circuit, await cadicalMaker(), admissible, faults.length);
}
