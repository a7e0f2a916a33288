/**
 * The command that injects faults again, without a search.
 */
import { commandLine } from '../../../core/shell.js';
import { faultText } from '../faults.js';
import type { NodesResult } from './schema.js';

type Asked = Pick<NodesResult, 'workload' | 'bounds' | 'command'>;

/** @param faults at most one for each message */
export const injectCommand = (
  result: Asked,
  faults: readonly { readonly call: string; readonly kind: string }[],
): string => `${before(result)}--inject ${commandLine([faults.map(faultText).join('; ')])} -- ${program(result)}`;

/** What stands before the faults, and after them. */
export const aroundFaults = (result: Asked): { readonly before: string; readonly after: string } => ({
  before: `${before(result)}--inject `,
  after: ` -- ${program(result)}`,
});

/** The search again. */
export const searchCommand = (result: Asked): string =>
  `${before(result)}--faults ${result.bounds.faults.join(',')} -- ${program(result)}`;

function before({ workload, bounds: { nodes, eff, eot, tickMs } }: Asked): string {
  return `npx ldfi nodes --workload ${workload} -n ${nodes.length} --tick-ms ${tickMs} --eff ${eff} --eot ${eot} `;
}

const program = ({ command }: Asked): string => commandLine(command);
