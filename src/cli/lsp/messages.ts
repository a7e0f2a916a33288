/**
 * What the server and the process that runs one check for it say to each other.
 */
import { z } from 'zod';

/** All checks of a file; or none: a module is only loaded. */
export const ALL_CHECKS = '*';
export const NO_CHECK = '';

/** What is to be run. */
export const request = z.object({
  path: z.string(),
  /** Of a spec, the number of the check; of a module, its name; or one of those above. */
  key: z.string(),
  /** Seconds after which the search ends with what it has. */
  seconds: z.number().positive(),
  /** What open editors say of files, by the real path; their text goes before that of the disk. */
  texts: z.array(z.tuple([z.string(), z.string()])),
});
export type Request = z.infer<typeof request>;

/** How one check came out. */
const outcome = z.object({
  name: z.string(),
  /** `✗ violated: 2 counterexamples`. */
  words: z.string(),
  /** The counterexamples and warnings, a line each. */
  details: z.array(z.string()),
});
export type Outcome = z.infer<typeof outcome>;

const position = z.object({ line: z.number(), character: z.number() });

/** What is wrong with a module, at its place as editors count. */
const mistake = z.object({
  path: z.string(),
  range: z.object({ start: position, end: position }),
  code: z.string(),
  message: z.string(),
});
export type Mistake = z.infer<typeof mistake>;

const mistakes = z.array(mistake);

/** What comes back. */
export const answer = z.union([
  z.object({
    /** None of a module that was only loaded. */
    outcomes: z.array(outcome),
    html: z.string(),
    /** The files that were read, by real path, with what was in them. */
    files: z.array(z.tuple([z.string(), z.string()])),
    mistakes,
  }),
  z.object({ problem: z.string(), mistakes }),
]);
export type Answer = z.infer<typeof answer>;
