/**
 * Results of experiments where one of a spec is expected: known by their kind, so that whoever has one is told what to
 * do with it.
 */

import * as z from 'zod';
import { commandLine, fileWord } from '../../core/shell.js';
import { shown } from '../io/files.js';

/** What made a result of experiments, and the result. */
export interface ExperimentResult {
  readonly kind: 'live' | 'nodes';
  readonly text: string;
}

const kindSchema = z.object({ tool: z.object({ name: z.literal('ldfi') }), kind: z.enum(['live', 'nodes']) });

/** Undefined if the text is something else. */
export function experimentResult(text: string): ExperimentResult | undefined {
  try {
    const { success, data } = kindSchema.safeParse(JSON.parse(text));
    return success ? { kind: data.kind, text } : undefined;
  } catch {
    return undefined;
  }
}

/** What it is, and what can be done with it. */
export function adviceFor({ kind }: ExperimentResult, path: string): string {
  const file = commandLine([fileWord(shown(path))]);
  const [command, replay] =
    kind === 'live'
      ? ['`ldfi live run`', `npx ldfi live replay ${file} -c ldfi.live.yaml`]
      : ['`ldfi nodes`', `npx ldfi nodes --replay ${file} -- PROGRAM`];
  return `it is a result of ${command}; ${replay} tries its faults again, and npx ldfi report ${file} writes its page`;
}
