/**
 * Two experiments as one tree of calls in time: each call once, with what became of it without faults and with them.
 *
 * ```
 * ├ stock PUT /items/:n/reserved     200   200
 * └ payments POST /charges #1        200   no answer
 *   └ bank POST /transfers           200   —
 * ```
 */
import { KIND_WORDS } from '../http/faults.js';
import { ownPart } from '../http/identity.js';
import type { CallView, RunView } from './result.js';

export interface TreeLine {
  readonly id: string;
  /** Branches and the name of the call. */
  readonly label: string;
  readonly depth: number;
  readonly good: CallView | undefined;
  readonly bad: CallView | undefined;
}

/** A call as people know it: `stock PUT /items/7/reserved #1`, with its path as it was where that is known. */
export function shortName(id: string, call?: CallView): string {
  const number = id.slice(id.lastIndexOf(' #') + 1);
  return call ? `${call.service} ${call.method} ${call.path} ${number}` : ownPart(id);
}

/** The call of a name in one run. */
export const callIn = (run: RunView | null, id: string): CallView | undefined =>
  run?.calls.find((call) => call.id === id);

/** Calls in the order in which they began, those of the experiment without faults first. */
export function treeOf(good: RunView | null, bad: RunView | null): TreeLine[] {
  const calls = new Map<string, CallView>();
  for (const call of [...(good?.calls ?? []), ...(bad?.calls ?? [])]) if (!calls.has(call.id)) calls.set(call.id, call);
  const below = (parent: string | null): string[] =>
    [...calls.values()].filter((call) => parentOf(call, calls) === parent).map(({ id }) => id);
  const lines: TreeLine[] = [];
  const add = (id: string, indent: string, isLast: boolean, depth: number): void => {
    lines.push({
      id,
      label: `${indent}${isLast ? '└' : '├'} ${shortName(id, calls.get(id))}`,
      depth,
      good: callIn(good, id),
      bad: callIn(bad, id),
    });
    addAll(id, `${indent}${isLast ? '  ' : '│ '}`, depth + 1);
  };
  const addAll = (parent: string | null, indent: string, depth: number): void => {
    const ids = below(parent);
    for (const [i, id] of ids.entries()) add(id, indent, i === ids.length - 1, depth);
  };
  addAll(null, '', 0);
  return lines;
}

/** A parent that is not known hangs nothing below itself. */
const parentOf = ({ parent }: CallView, calls: ReadonlyMap<string, CallView>): string | null =>
  parent !== null && calls.has(parent) ? parent : null;

/** What became of a call. */
export function fateOf(call: CallView | undefined): string {
  if (!call) return '—';
  if (call.fault !== null) {
    const words = KIND_WORDS[call.fault as keyof typeof KIND_WORDS] ?? call.fault;
    return call.status > 0 ? `${words} (${call.status})` : words;
  }
  return call.status > 0 ? `${call.status}` : 'no answer';
}
