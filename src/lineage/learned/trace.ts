/**
 * A run as text, slot by slot: what two runs of one scenario must have in common, whatever was run before and wherever
 * the module was loaded.
 */
import type { Slot } from '../../protocol/runtime/run.js';
import { HiddenState } from './hidden-state.js';

function lineOf({ node, tick, reached }: Slot): string {
  const { failure, state, sends, logged, recorded, timers, chance } = reached;
  return [
    `${node} ${tick} ${chance}`,
    failure ?? state?.text ?? '',
    ...sends.map(({ to, message }) => `${to} ${message.text}`),
    ...logged.map(({ text }) => text),
    ...recorded.map(({ kind, number, value }) => `${kind} ${number} ${value.text}`),
    JSON.stringify(timers),
  ].join('\n');
}

/** @throws HiddenState that names the first call in which the two differ; `when` says what the second run is */
export function compareTraces(first: readonly Slot[], second: readonly Slot[], when: string): void {
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    const [one, other] = [first[i], second[i]];
    if (one && other && lineOf(one) === lineOf(other)) continue;
    throw new HiddenState(`${(one ?? other)?.reached.call || 'a handler'} does otherwise ${when}`);
  }
}
