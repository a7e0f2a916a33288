/**
 * The oracle of a fault space: what is possible within its bounds.
 */
import type { Formula } from '../core/circuit.js';
import type { FaultSpace } from '../faults/space.js';
import { cadicalMaker } from '../solver/cadical.js';
import { SatOracle } from '../solver/oracle.js';
import type { Truth } from '../solver/samples.js';

/**
 * An oracle with a solver of its own, which is to be disposed of.
 * @param signal when it is aborted, questions about many formulas throw its reason
 */
export async function oracleOf(space: FaultSpace, signal?: AbortSignal): Promise<SatOracle> {
  const { circuit, admissible, faults } = space;
  return new StoppedOracle(signal, circuit, await cadicalMaker(), admissible, faults.length);
}

/** Long work asks again and again, so that this is where it can be stopped. */
class StoppedOracle extends SatOracle {
  constructor(
    private readonly signal: AbortSignal | undefined,
    ...rest: ConstructorParameters<typeof SatOracle>
  ) {
    super(...rest);
  }

  override possibleOf(options: readonly Formula[], given: readonly Formula[]): (Truth | 'unknown' | undefined)[] {
    this.signal?.throwIfAborted();
    return super.possibleOf(options, given);
  }
}
