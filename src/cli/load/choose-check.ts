/**
 * The check of a result, and the counterexample of a check, that a command is about.
 */
import { visible } from '../../core/text.js';
import { fullNameOf } from '../../report/check-names.js';
import type { CheckResult, Result } from '../../report/schema.js';
import { plural } from '../../report/words.js';
import { complain } from '../io/terminal.js';

/**
 * The check that is asked for, by its name or by spec and name as `ldfi test` prints them, or the first that has a
 * counterexample (the first at all where none is `needed`); undefined, and a complaint, if there is none.
 */
export function chooseCheck({ checks }: Result, name: string | undefined, needed: boolean): CheckResult | undefined {
  const found = needed ? checks.filter(({ counterexamples }) => counterexamples.length > 0) : checks;
  if (name === undefined) return found[0] ?? none('there is no counterexample in it');
  const isMeant = (check: CheckResult): boolean => check.name === name || fullNameOf(check) === name;
  const meant = found.filter(isMeant);
  if (meant.length === 1) return meant[0];
  if (meant.length > 1)
    return none(`${meant.length} checks are named "${name}"; give the spec too, as in`, meant.map(fullNameOf));
  if (checks.some(isMeant)) return none(`check "${name}" has no counterexample`);
  return none(
    `no check is named "${name}"; there are:`,
    checks.map((check) => check.name),
  );
}

function none(problem: string, options: readonly string[] = []): undefined {
  complain(`error: ${visible(`${problem} ${options.slice(0, 50).join(', ')}`.trim())}\n`);
}

/** Complains that a check has no such counterexample. */
export const noNumber = ({ name, counterexamples }: CheckResult, number: number): undefined =>
  none(`check "${name}" has ${plural(counterexamples.length, 'counterexample')}; there is no number ${number}`);
