/**
 * A run as text, slot by slot: what two runs of one scenario must have in common, whatever was run before and wherever
 * the module was loaded.
 */

import type { ProtocolInfo } from '../../protocol/runtime/host.js';
import type { Slot } from '../../protocol/runtime/run.js';
import { HiddenState, inShort } from './hidden-state.js';

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
export function compareTraces(
  first: readonly Slot[],
  second: readonly Slot[],
  when: string,
  kind: ProtocolInfo['kind'] = 'protocol',
): void {
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    const [one, other] = [first[i], second[i]];
    if (one && other && lineOf(one) === lineOf(other)) continue;
    const what = `${(one ?? other)?.reached.call || 'a handler'} does otherwise ${when}`;
    throw new HiddenState(kind === 'system' ? `${what}: ${difference(one, other)}` : what, kind);
  }
}

/** The first thing in which two slots differ. */
function difference(one: Slot | undefined, other: Slot | undefined): string {
  if (!one || !other) return 'it does something in one of them only';
  const [lines, others] = [lineOf(one).split('\n'), lineOf(other).split('\n')];
  const i = Array.from({ length: Math.max(lines.length, others.length) }).findIndex(
    (_, at) => lines[at] !== others[at],
  );
  return `${inShort(lines[i] ?? 'nothing')} there, ${inShort(others[i] ?? 'nothing')} here`;
}
