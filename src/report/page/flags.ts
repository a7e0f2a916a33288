/**
 * Flags: what is broken, at the end of the lane where it is read.
 */
import { isBrokenAt, rowOf } from '../../core/outcome.js';
import type { RunView } from '../provenance/views.js';
import type { Box } from './room.js';

export interface Flag {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Width of a flag's text, roughly. */
const FLAG = { character: 7.3, around: 22 } as const;

/** What a flag covers in a picture of a width, which it is not to leave. */
export function boxOfFlag({ x, y, text }: Flag, width: number): Box {
  const wide = text.length * FLAG.character + 14;
  const left = Math.max(2, Math.min(width - wide - 2, x - 14));
  return { left, right: left + wide, top: y - 14, bottom: y + 6 };
}

/**
 * The outcome at the end of time, on the lane where it is read; a protocol's words may be long, and then stand below
 * one another.
 */
export function flagsOf(view: RunView, x: ReadonlyMap<string, number>, y: number): Flag[] {
  const isLong = view.kind === 'protocol';
  const levels = Array.from({ length: isLong ? 6 : 3 }, (): { node: string; left: number; right: number }[] => []);
  return view.outcome.witnesses.flatMap((broken): Flag[] => {
    const row = rowOf(broken);
    const node = String(row[0]);
    const at = x.get(node);
    if (at === undefined) return [];
    const values = row.slice(1).map((value) => (typeof value === 'number' ? String(value) : `"${value}"`));
    const fact = isBrokenAt(broken) ? `never(${values.join(', ')})@${broken.tick}` : `no post(${values.join(', ')})`;
    const text = isLong ? row.slice(1).join(' ') || 'broken' : fact;
    const [left, right] = [at - 14, at + text.length * FLAG.character + FLAG.around];
    const isFree = (level: (typeof levels)[0]): boolean =>
      level.every((other) => other.node !== node && (!isLong || other.right < left || right < other.left));
    const level = levels.findIndex(isFree);
    if (level < 0) return [];
    levels[level]?.push({ node, left, right });
    return [{ x: at, y: y + level * 22, text: `✗ ${text}` }];
  });
}
