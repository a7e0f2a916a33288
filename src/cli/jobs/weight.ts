/**
 * How long a check may take, as compared with others: what it took before, or else a guess from its bounds and the size
 * of its spec. It decides what comes first, never what comes out.
 */
import type { Job } from '../load/load.js';
import type { Durations } from '../shards/cut.js';

/** What one unit of a guess is taken for, in milliseconds: guesses and durations may stand side by side. */
const UNIT = 0.005;

export function weightOf({ subject, check: { bounds }, label }: Job, durations: Durations): number {
  const known = durations[label];
  if (known !== undefined) return known;
  const { nodes, eot, eff, crashes } = bounds;
  const slots = nodes.length * (nodes.length - 1) * eff;
  const size = Object.values(subject.parts).reduce((sum, count) => sum + count, 0);
  return UNIT * (slots + crashes * nodes.length * eot) * eot * size;
}

/** Of all checks of a file together, as far as it is known. */
export const weightOfFile = (path: string, durations: Durations): number =>
  Object.entries(durations).reduce((sum, [label, took]) => (label.startsWith(`${path} `) ? sum + took : sum), 0);
