/**
 * The frontiers of the checks of a subject: a way from a question to its answer beside `ask.ts`.
 */
import { askedAs, familiesOf, type GivenRanges } from '../frontier/axes.js';
import { frontier, type Patience } from '../frontier/frontier.js';
import type { FrontierResult } from '../report/frontier/schema.js';
import type { Check } from '../search/check.js';
import type { Reading, Subject } from './subject.js';

/**
 * Family by family.
 * @param checks those that frontiers are wanted of
 * @param all those that the subject has, among which a command finds a check by its name
 * @param given ranges instead of those around the bounds of the checks
 * @throws LdfiError for ranges that make no sense, and what the system throws, but for limits
 */
export async function* frontiersOf(
  subject: Subject,
  checks: readonly Check[],
  all: readonly Check[],
  given: GivenRanges,
  reading: Reading,
  patience: Patience,
): AsyncGenerator<FrontierResult> {
  const families = familiesOf(checks, given);
  for (const [i, family] of families.entries()) {
    const open = (bounds: Check['bounds']) => subject.system(bounds, reading);
    const slices = await frontier(family, open, patience.part(families.length - i));
    yield {
      spec: subject.spec,
      check: askedAs(all, family),
      checks: family.checks.map(({ name, bounds, expect }) => ({
        name,
        bounds: { ...bounds, nodes: [...bounds.nodes] },
        ...(expect && { expect }),
      })),
      slices: slices as FrontierResult['slices'],
    };
  }
}
