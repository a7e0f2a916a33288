/**
 * The schema of a slice of a frontier: what is tolerated with one end of time.
 */
import * as z from 'zod';
import { VERDICTS } from '../../dedalus/program.js';
import { faultSchema } from '../fault-schema.js';

const count = z.int().min(0);

/** Most cells of one slice that are read. */
const MOST_CELLS = 100_000;

export const sliceSchema = z.strictObject({
  /** The end of time of all its cells. */
  eot: z.int().min(1),
  /** The bounds that vary, and their values in ascending order. */
  axes: z.array(z.strictObject({ name: z.string(), values: z.array(count).min(1) })),
  cells: z
    .array(
      z.strictObject({
        /** The values of the bounds, in the order of the axes. */
        at: z.array(count),
        /** What a search within these bounds says; `inconclusive` if that was not found out. */
        verdict: z.enum(VERDICTS),
        /** The smallest counterexample known: its position in `counterexamples`, from 0. */
        counterexample: count.optional(),
        /** Whether none within these bounds has fewer faults. */
        isSmallest: z.boolean().optional(),
      }),
    )
    .max(MOST_CELLS),
  /** Minimal ones, as many as the frontier needs: not all there are. */
  counterexamples: z.array(z.strictObject({ faults: z.array(faultSchema).max(100_000) })),
  executions: count,
  /** Why some cells are not settled: the time was over, or the system became too large. */
  stopped: z.enum(['aborted', 'limit']).optional(),
  detail: z.string().optional(),
});

export type SliceResult = z.infer<typeof sliceSchema>;
export type CellResult = SliceResult['cells'][number];
