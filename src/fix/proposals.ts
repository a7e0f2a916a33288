/**
 * All edits that are worth a trial, the most local ones first.
 */
import type { Splice } from './edit.js';
import { afters } from './kinds/after.js';
import { allowances } from './kinds/allow.js';
import { drops } from './kinds/drop.js';
import { guards } from './kinds/guard.js';
import { persistences, retries } from './kinds/persist.js';
import { thresholds } from './kinds/threshold.js';
import { waits } from './kinds/wait.js';
import { EDIT_KINDS, type Proposal, type Scene } from './scene.js';

const KINDS = [persistences, waits, retries, afters, guards, allowances, thresholds, drops];

/** Most edits that are tried. */
const MOST = 2_000;

/** A name that is equal for equal edits. */
const editName = (splices: readonly Splice[]): string =>
  splices.map(({ file, start, end, text }) => `${file}:${start}-${end} ${text}`).join('\n');

/** Less is better: small edits near the promise, in the files that the user named, of the more usual kinds. */
export function rankOf({ kinds, size, depth, splices }: Proposal, roots: number): number {
  const isIncluded = splices.some(({ file }) => file >= roots);
  const unusual = kinds.reduce((sum, kind) => sum + EDIT_KINDS[kind], 0);
  return depth + 2 * size + unusual + (isIncluded ? 0.25 : 0);
}

/** From all scenes, each edit once, as near to the promise as it is in any of them. */
export function proposalsFor(scenes: readonly Scene[]): Proposal[] {
  const found = new Map<string, Proposal>();
  const [{ roots } = { roots: 1 }] = scenes;
  for (const scene of scenes)
    for (const proposal of KINDS.flatMap((kind) => kind(scene))) {
      const name = editName(proposal.splices);
      const known = found.get(name);
      if (!known || rankOf(proposal, roots) < rankOf(known, roots)) found.set(name, proposal);
    }
  return [...found.values()].sort((a, b) => rankOf(a, roots) - rankOf(b, roots)).slice(0, MOST);
}

/** Two edits as one; undefined if they are in each other's way. */
export function both(one: Proposal, other: Proposal): Proposal | undefined {
  const splices = [...one.splices, ...other.splices];
  const sorted = [...splices].sort((a, b) => a.file - b.file || a.start - b.start);
  const clash = sorted.some((splice, i) => {
    const next = sorted[i + 1];
    return next && next.file === splice.file && next.start <= splice.end;
  });
  if (clash) return undefined;
  return {
    kinds: [...one.kinds, ...other.kinds],
    splices,
    size: one.size + other.size,
    depth: one.depth + other.depth,
    title: `${one.title}; ${other.title}`,
    why: () => `${one.why()}. ${other.why()}`,
  };
}
