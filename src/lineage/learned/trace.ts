/**
 * A run as text, slot by slot: what two runs of one scenario must have in common, whatever was run before and wherever the module was loaded.
 */
import { type Call, describeCall } from '../../protocol/call.js';
import { type Observer, plainState } from '../../protocol/simulate.js';
import { HiddenState } from './hidden.js';

export interface TraceLine {
  /** The last call before. */
  readonly call: Call | undefined;
  readonly text: string;
}

/** Follows a run and writes it down. */
export class Trace implements Observer {
  readonly lines: TraceLine[] = [];
  private last: Call | undefined;

  call(call: Call): void {
    this.last = call;
  }

  slot: NonNullable<Observer['slot']> = (node, _number, tick) => {
    const { sends, logged, timers } = node.effects;
    const text = [
      node.id,
      String(tick),
      node.failure ?? plainState(node, tick).text,
      ...sends.map(({ to, message }) => `${to} ${message.text}`),
      ...logged.map((fact) => fact.text),
      JSON.stringify([...timers]),
    ];
    this.lines.push({ call: this.last, text: text.join('\n') });
  };
}

/** @throws HiddenState that names the first call in which the two differ; `when` says what the second run is */
export function compareTraces(first: readonly TraceLine[], second: readonly TraceLine[], when: string): void {
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    if (first[i]?.text === second[i]?.text) continue;
    const call = (first[i] ?? second[i])?.call;
    throw new HiddenState(`${call ? describeCall(call) : 'a handler'} does otherwise ${when}`);
  }
}
