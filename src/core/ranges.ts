/**
 * Numbers as people list them, what follows on one another as a range: `1, 3–39`.
 */

/** Fewest in a row that are a range. */
const FEWEST = 3;

/** @param numbers integers, in ascending order, each once */
export function ranges(numbers: readonly number[]): string {
  const runs: number[][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.at(-1) === number - 1) last.push(number);
    else runs.push([number]);
  }
  return runs.map((run) => (run.length < FEWEST ? run.join(', ') : `${run[0]}–${run.at(-1)}`)).join(', ');
}
