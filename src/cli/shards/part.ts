/**
 * What `ldfi test --shard` writes: the answers to some of the checks, and what they are a part of, so that parts that
 * do not belong together are never taken for one whole.
 *
 * It is read back as it was written: the order of its keys is that of the reports.
 */
import * as z from 'zod';
import type { Findings } from '../../answer/findings.js';
import { answerSchema, askedSchema, findingsSchema, placeSchema } from '../../report/answer-schema.js';
import type { UnreadableSpec } from '../../report/reporters/index.js';
import type { Result } from '../../report/result.js';
import { resultSchema } from '../../report/schema.js';
import type { Check } from '../../search/check.js';
import type { Cube } from '../../search/cube.js';
import type { MethodFlags } from '../flags.js';

const count = z.int().min(0);
const problems = z.array(z.strictObject({ message: z.string(), place: placeSchema }));

const partSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('ldfi'), version: z.string() }),
  /** Which part it is, and of how many. */
  shard: z.strictObject({ number: z.int().min(1), of: z.int().min(1) }),
  /** What must be the same in all parts. */
  whole: z.strictObject({
    /** Of what the files of the specs say. */
    specs: z.string(),
    /** Of how they are searched. */
    flags: z.string(),
    /** Of the bounds, and the expected verdicts. */
    bounds: z.string(),
    /** All checks, by label. */
    checks: z.array(z.string()),
    /** How many specs could not be used. */
    broken: count,
    /** In how many parts each check is searched, if not as a whole. */
    split: z.int().min(2).optional(),
  }),
  stopped: z.enum(['interrupt', 'timeout']).optional(),
  /** The result without its checks. */
  head: resultSchema,
  unread: z.array(z.strictObject({ path: z.string(), problems })) satisfies z.ZodType<UnreadableSpec[]>,
  files: z.array(z.strictObject({ path: z.string(), text: z.string() })),
  answers: z.array(
    z.strictObject({
      /** Number of the check in the whole, from 0. */
      index: count,
      /** The command that goes on from there. */
      next: z.string(),
      /** Milliseconds. */
      took: z.number().min(0),
      answer: answerSchema,
    }),
  ),
  /** Instead of answers: parts of checks, and how they were searched. */
  parts: z
    .array(
      z.strictObject({
        index: count,
        cube: z.strictObject({ number: z.int().min(1), of: z.int().min(1) }),
        next: z.string(),
        /** Where the subject is found, and what its files say. */
        origin: z.strictObject({
          paths: z.array(z.string()).min(1),
          part: z.boolean(),
          number: count,
          text: z.string(),
        }),
        check: askedSchema,
        findings: findingsSchema,
      }),
    )
    .optional(),
  method: z.looseObject({ strategy: z.literal('lineage') }).optional(),
});

/** A part of a check, searched. */
export interface PartOfCheck {
  /** Number of the check in the whole, from 0. */
  readonly index: number;
  readonly cube: Cube;
  /** The command that goes on from there. */
  readonly next: string;
  readonly origin: { readonly paths: string[]; readonly part: boolean; readonly number: number; readonly text: string };
  readonly check: Check;
  readonly findings: Findings;
}

/** A part of all checks, answered. */
export type Part = Omit<z.infer<typeof partSchema>, 'head' | 'parts' | 'method'> & {
  readonly head: Result;
  readonly parts?: readonly PartOfCheck[] | undefined;
  readonly method?: MethodFlags | undefined;
};

/** Reads a part back; `problem` says in a line what is wrong with the text. */
export function partFromJson(text: string): { part: Part } | { problem: string } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return { problem: `it is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = partSchema.safeParse(data);
  // As it was written.
  if (parsed.success) return { part: data as Part };
  const [issue] = parsed.error.issues;
  const isPart = z.object({ shard: z.unknown(), whole: z.unknown() }).safeParse(data).success;
  const where = isPart && issue ? ` (${issue.path.join('.')}: ${issue.message.slice(0, 200)})` : '';
  return { problem: `it is not what \`ldfi test --shard\` of this version writes${where}` };
}
