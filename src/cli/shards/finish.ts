/**
 * Parts of checks of which all are there, as answers. What is shown of counterexamples is run for that, so the specs
 * must be there, and say what they said.
 */
import { answerOfParts } from '../../answer/ask.js';
import { type MethodFlags, method } from '../flags.js';
import { textOf } from '../jobs/messages.js';
import { loadSubjects } from '../load/load.js';
import type { PartOfCheck } from './part.js';
import type { Answered } from './together.js';

/**
 * @param parts of one check, all of them, in their order
 * @param keeps whether what was learned of a protocol is kept
 */
export async function finish(
  label: string,
  parts: readonly PartOfCheck[],
  flags: MethodFlags,
  keeps: boolean,
): Promise<Answered | { readonly problem: string }> {
  const [{ origin, check, next }] = parts as readonly [PartOfCheck, ...PartOfCheck[]];
  const { subjects } = await loadSubjects(origin.paths, { part: origin.part, quiet: true });
  const subject = subjects?.[origin.number];
  if (!subject || textOf(subject) !== origin.text)
    return {
      problem: `${label} was searched in parts, for which ${origin.paths.join(' ')} must say what it said then`,
    };
  const findings = parts.map((one) => one.findings);
  const how = method(flags, new AbortController().signal);
  const answer = await answerOfParts(subject, check, how, () => keeps, findings);
  return { label, next, took: findings.reduce((sum, { took = 0 }) => sum + took, 0), answer };
}
