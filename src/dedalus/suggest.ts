/**
 * Did-you-mean: the known name that is closest to an unknown one (edit distance; Levenshtein, 1966).
 */
import { distance } from 'fastest-levenshtein';

/** Beyond this many candidates, or for longer names, no guess is made: it would cost more than it helps. */
const MAX_CANDIDATES = 1000;
const MAX_LENGTH = 64;

/**
 * The candidate closest to `name`, if it is close enough to be a slip: a third of the name, at most 3 edits; a
 * difference in case alone always counts. Ties go to the candidate that comes first.
 */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const lower = name.toLowerCase();
  const allowed = Math.min(3, Math.max(1, Math.floor(name.length / 3)));
  let best: string | undefined;
  let bestDistance = allowed + 1;
  let seen = 0;
  for (const candidate of candidates) {
    if (++seen > MAX_CANDIDATES) return undefined;
    if (candidate === name || Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const edits = candidate.toLowerCase() === lower ? 0 : editsBetween(name, candidate);
    if (edits >= bestDistance || (edits > 0 && Math.max(name.length, candidate.length) === 1)) continue;
    best = candidate;
    bestDistance = edits;
  }
  return best;
}

/** Edit distance, in which two letters that changed places count as one slip. */
function editsBetween(a: string, b: string): number {
  const edits = distance(a, b);
  return edits === 2 && [...a].sort().join('') === [...b].sort().join('') ? 1 : edits;
}
