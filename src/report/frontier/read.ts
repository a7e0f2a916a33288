/**
 * Frontiers read back from JSON.
 */
import * as z from 'zod';
import { issuesOf, parsedJson } from '../schema.js';
import { type Frontiers, frontiersSchema } from './schema.js';

const looksLike = z.looseObject({ tool: z.looseObject({ name: z.literal('ldfi') }), frontiers: z.array(z.unknown()) });

/** Whether a text is what `ldfi frontier` wrote, however much of it is wrong. */
export function isFrontiers(text: string): boolean {
  const read = parsedJson(text);
  return 'data' in read && looksLike.safeParse(read.data).success;
}

/** `problem` says in a line what is wrong with the text. */
export function frontiersFromJson(text: string): { frontiers: Frontiers } | { problem: string } {
  const read = parsedJson(text);
  if ('problem' in read) return read;
  const parsed = frontiersSchema.safeParse(read.data);
  if (!parsed.success) return { problem: `it has no frontiers of ldfi (${issuesOf(parsed.error)})` };
  const problem = inconsistency(parsed.data);
  return problem === undefined ? { frontiers: parsed.data } : { problem };
}

/** Cells that are at no place, or that lead to no counterexample. */
function inconsistency({ frontiers }: Frontiers): string | undefined {
  for (const { slices, check } of frontiers)
    for (const { eot, axes, cells, counterexamples } of slices)
      for (const { at, counterexample = 0 } of cells)
        if (at.length !== axes.length || (counterexample > 0 && counterexample >= counterexamples.length))
          return `its frontier of ${check} with eot ${eot} has a cell that is at no place or leads nowhere`;
  return undefined;
}
