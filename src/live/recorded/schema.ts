/**
 * Experiments as a result keeps them: which faults were to be, which fired, which calls occurred, what came of it.
 *
 * ```json
 * { "faults": ["lost 3"], "fired": ["lost 3"], "calls": "0-3 5", "restsOn": "0-2 5", "good": true, "why": [], "times": 1 }
 * ```
 * A call is named once, in the list of calls, and otherwise by its place there, so that hundreds of experiments are still
 * a small file. A result may come from anywhere: places are checked here, once.
 */
import * as z from 'zod';
import { rangesOf } from './places.js';

/** Most experiments and calls that a result keeps, and characters of what one experiment broke. */
export const MOST = { experiments: 2_000, calls: 5_000, reasons: 3, reason: 300 } as const;

const fault = z.string().regex(/^\S{1,40} \d{1,6}$/);
const places = z
  .string()
  .max(40_000)
  .regex(/^(?:\d{1,6}(?:-\d{1,6})?(?: |$))*$/);

const experimentSchema = z.strictObject({
  /** Those that were to be injected: kind, and place of the call. */
  faults: z.array(fault),
  /** Those of them that took effect. */
  fired: z.array(fault),
  /** Places of the calls that occurred. */
  calls: places,
  /** Places of the calls that the good outcome rests on; empty of a bad one. */
  restsOn: places,
  good: z.boolean(),
  /** The faults made less to be promised, so what it rests on counts only where the same faults fire. */
  weakened: z.literal(true).optional(),
  /** What is broken, shortened. */
  why: z.array(z.string()),
  /** How often there was an experiment that is the same in all of this. */
  times: z.int().min(1),
});

export const recordedSchema = z
  .strictObject({
    /** Each once; its place here is its number. */
    calls: z.array(z.strictObject({ id: z.string(), kinds: z.array(z.string()) })).max(MOST.calls),
    /** In the order in which they were made. */
    experiments: z.array(experimentSchema).max(MOST.experiments),
    /** How many more there were, which are left out. */
    left: z.int().min(0),
    /** Sets of faults of which no experiment could tell what they do. */
    unresolved: z.array(z.array(z.strictObject({ call: z.string(), kind: z.string() }))),
  })
  .superRefine(({ calls, experiments }, context) => {
    experiments.forEach((one, i) => {
      const used = [...one.faults, ...one.fired].map((text) => Number(text.split(' ')[1]));
      const listed = [one.calls, one.restsOn].flatMap((text) => rangesOf(text).flat());
      if ([...used, ...listed].some((place) => place >= calls.length))
        context.addIssue({ code: 'custom', path: ['experiments', i], message: 'it names a call that is not listed' });
    });
  });

export type Recorded = z.infer<typeof recordedSchema>;
export type RecordedExperiment = Recorded['experiments'][number];
