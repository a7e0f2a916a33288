/**
 * What stands before a green, as far as a search knows it: faults that change nothing, and faults under which nothing
 * is promised. A verdict must not seem to cover what could not have broken anything.
 */
import { FALSE, type Formula } from '../core/circuit.js';
import { excessiveBounds } from '../faults/bounds.js';
import type { FaultKind } from '../faults/kind.js';
import { kinds, ofKind } from '../faults/kinds.js';
import type { FaultSpace } from '../faults/space.js';
import type { System, Warning } from '../lineage/port.js';
import type { Oracle } from '../solver/oracle.js';
import type { Coverage } from './coverage.js';

const named = (kind: string): FaultKind | undefined => kinds().find((one) => one.kind === kind);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Kinds of which every fault changes nothing in any scenario.
 * @param others what the system itself warns of: where nobody sends anything, that is said already
 */
function idleKinds({ faults }: Coverage, others: readonly Warning[]): Warning[] {
  const isSilent = others.some(({ code }) => code === 'no-message' || code === 'nothing-sent');
  return faults.flatMap(({ kind, possible, idle }): Warning[] => {
    const { noun = kind, idle: why, slot, wall } = named(kind) ?? {};
    if (idle !== possible || (isSilent && (slot || wall))) return [];
    const reason = why === undefined ? '' : `: ${why}`;
    return [
      { code: 'idle-fault', message: `${capital(noun)} change nothing in any scenario within the bounds${reason}.` },
    ];
  });
}

/**
 * What is so whatever a search finds: bounds that ask for more than there is, faults that change nothing, and what the
 * system warns of.
 */
export function foreseenOf(system: System, coverage: Coverage | undefined): Warning[] {
  const excessive = excessiveBounds(system.space.bounds).map((message) => ({ code: 'excessive-bound', message }));
  const others = system.warnings?.() ?? [];
  return [...excessive, ...(coverage ? idleKinds(coverage, others) : []), ...others];
}

/** Kinds that hit messages, and may do so later than any message is sent in any scenario. */
export function idleTicks({ faults, lastSent = 0 }: Coverage): Warning[] {
  const late = faults.filter(({ kind, last }) => named(kind)?.slot && lastSent > 0 && last > lastSent);
  if (late.length === 0) return [];
  const nouns = capital(listed(late.map(({ kind }) => named(kind)?.noun ?? kind)));
  const message = `${nouns} after tick ${lastSent} change nothing in any scenario within the bounds: no node sends anything to another later.`;
  return [{ code: 'idle-ticks', message }];
}

const listed = (words: readonly string[]): string => words.join(', ').replace(/, (?=[^,]*$)/, ' and ');

/**
 * Kinds of faults with which nothing is promised, in whatever scenario within the bounds; those that are too hard to
 * tell are left out.
 * @param promises true in exactly the scenarios in which something is promised
 */
export function excusedKinds({ circuit, faults, variable }: FaultSpace, promises: Formula, oracle: Oracle): string[] {
  return kinds().flatMap((kind) => {
    const some = circuit.or(ofKind(faults, kind).map(variable));
    return some === FALSE || oracle.possible([promises, some]) ? [] : [kind.kind];
  });
}

/** What to say of kinds with which nothing is promised. */
export function excuses({ faults, excused = [] }: Coverage): Warning[] {
  if (excused.length === 0) return [];
  const message =
    excused.length === faults.length
      ? 'Something is promised only without faults: in every scenario with a fault nothing is, so nothing can break.'
      : `In every scenario with ${excused.map((kind) => named(kind)?.noun ?? kind).join(' or ')} nothing is promised: they are excused altogether, so they can break nothing.`;
  return [{ code: 'excused-fault', message }];
}

/** The same of the runs that were made, where no more is known. */
export function excusedRuns({ faulty, promising }: Coverage): Warning[] {
  if (faulty === 0 || promising > 0) return [];
  const message = 'In none of the runs with faults that were made was anything promised: nothing could break in them.';
  return [{ code: 'excused-fault', message }];
}
