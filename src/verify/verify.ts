/**
 * The checker's answers: whether a certificate proves that a check holds, and whether a counterexample is one.
 */
import type { Work } from '../core/work.js';
import { Cube } from '../faults/cubes/cube.js';
import type { Scenario } from '../faults/fault.js';
import { formatFault, formatScenario } from '../faults/scenario.js';
import { boundsText, type Certified, unknownVariable } from './certificate.js';
import { flawIn, type Path, type Verifier } from './tree.js';

/** Why something is no proof, as a clause; undefined if it is one. */
type Flaw = string | undefined;

/** Whether a certificate proves that the promise holds in every scenario within the verifier's own bounds. */
export function* flawOfCertificate(verifier: Verifier, { bounds, tree }: Certified): Work<Flaw, number | undefined> {
  const { scope } = verifier;
  if (bounds !== boundsText(scope.bounds)) return `it is of other bounds: ${bounds}`;
  const unknown = unknownVariable(tree, scope.variables.length);
  if (unknown !== undefined) return `it decides on variable ${unknown}, which these bounds do not have`;
  const flaw = yield* flawIn(verifier, tree);
  if (flaw === 'vacuous') return 'nothing is promised: in no scenario is there anything to be kept';
  return flaw && `the promise may break ${inWords(verifier, flaw)}`;
}

/** Whether a scenario breaks the promise, and with any of its faults left out does not. */
export function* flawOfCounterexample(verifier: Verifier, faults: Scenario): Work<Flaw, undefined> {
  if ((yield* outcome(verifier, faults)) !== 'broken') return 'the promise is kept, or the faults are out of bounds';
  for (const fault of faults) {
    const rest = faults.filter((other) => other !== fault);
    if ((yield* outcome(verifier, rest)) === 'broken') return `it is not minimal: ${formatFault(fault)} is not needed`;
  }
  return undefined;
}

function* outcome(verifier: Verifier, scenario: Scenario): Work<'kept' | 'broken' | 'outside', undefined> {
  const values = verifier.scope.values(scenario);
  const cube = values && new Cube(verifier.scope, values);
  if (!cube || cube.isEmpty) return 'outside';
  return (yield* verifier.keeps(cube)) ? 'kept' : 'broken';
}

/** The scenarios of a way, by the faults that are decided. */
function inWords({ scope }: Verifier, { variables }: Path): string {
  const of = (value: boolean): Scenario => {
    const decided = [...variables].filter(([variable, is]) => is === value && variable < scope.faults.length);
    return decided.map(([variable]) => scope.faults[variable]) as unknown as Scenario;
  };
  return `somewhere with ${formatScenario(of(true))} and without ${formatScenario(of(false))}`;
}
