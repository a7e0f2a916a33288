/**
 * Hidden state: a handler does otherwise where all that it is given is the same. What was learned of it would be false.
 */
import { LdfiError } from '../../core/invariant.js';
import type { ProtocolInfo } from '../../protocol/runtime/host.js';
import type { Sigma, Table } from './table.js';

/** What to do about it. */
const ADVICE = {
  protocol:
    'It depends on something that is not in ctx.state: a variable outside the handler, the actor itself, or a clock. Keep all of it in ctx.state',
  system:
    'It depends on something that outlives a run, or lies outside of the virtual world: a variable of a module (make it in `start`), or work that is done elsewhere',
};

/** A handler and its learned transition differ, or two runs that should be one. */
export class HiddenState extends LdfiError {
  constructor(problem: string, kind: ProtocolInfo['kind'] = 'protocol') {
    super('hidden-state', `${problem}. ${ADVICE[kind]}`);
  }
}

/**
 * @param call in words
 * @param when under which circumstances a call that led to `here` leads to `there`
 */
export function differs(call: string, table: Table, here: Sigma, there: Sigma, when: string): HiddenState {
  const [one, other] = [table.stateText(here), table.stateText(there)];
  const how =
    one === other
      ? 'sends, logs, records or sets timers otherwise'
      : `leads to ${inShort(one)} here, and to ${inShort(other)}`;
  return new HiddenState(`${call} ${how} ${when}`);
}

export const inShort = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);
