/**
 * Slips in relation names: a relation that is read but never derived is legal and empty, and nearly always a typing
 * mistake; one that is derived but never read does nothing, which in an assertion is how a check gets lost.
 */
import type { Atom } from '../ast.js';
import { CRASH, NEVER, POST, PRE } from '../builtin.js';
import type { Report } from '../collector.js';
import { suggest } from '../suggest.js';
import { subgoalsOf } from '../terms.js';
import type { CheckInput } from './context.js';

/** Guesses cost time: after so many mistakes no more are made. */
const MAX_GUESSES = 200;
/** Shorter names are often meant to differ in one letter. */
const MIN_LENGTH = 5;

/** No relation is read that is never derived, nor derived under an almost right name. */
export function checkNames(input: CheckInput, report: Report): void {
  if (!input.complete) return;
  const derived = new Map<string, Atom>();
  for (const { atom } of input.facts) if (!derived.has(atom.relation)) derived.set(atom.relation, atom);
  for (const { head } of input.rules) if (!derived.has(head.relation)) derived.set(head.relation, head);
  const read = new Map<string, Atom>();
  for (const rule of input.rules) {
    for (const { atom } of subgoalsOf(rule)) if (!read.has(atom.relation)) read.set(atom.relation, atom);
  }
  let guesses = 0;
  const guess = (name: string, candidates: Iterable<string>): string | undefined =>
    ++guesses > MAX_GUESSES ? undefined : suggest(name, candidates);
  reportUnderived(derived, read, guess, report);
  const ruled = new Set(input.rules.map(({ head }) => head.relation));
  reportUnread(derived, read, ruled, guess, report);
  checkPromise(derived, read, report);
}

type Guess = (name: string, candidates: Iterable<string>) => string | undefined;
type Atoms = ReadonlyMap<string, Atom>;

function reportUnderived(derived: Atoms, read: Atoms, guess: Guess, report: Report): void {
  const candidates = [...derived.keys(), CRASH];
  for (const [name, atom] of read) {
    if (name === CRASH || derived.has(name)) continue;
    const close = guess(name, candidates);
    const message = `\`${name}\` is never derived and has no facts, so it is empty`;
    const hint = close ? `did you mean \`${close}\`?` : undefined;
    const fix = close ? { span: atom.relationSpan, text: close } : undefined;
    report({ severity: 'warning', code: 'never-derived', message, span: atom.relationSpan, hint, fix });
  }
}

/**
 * Derived but unread relations: a slip if the name is nearly one that is read; else unused, which only a whole program
 * can say, and which is a pity only of rules: facts may be data that another variant reads.
 */
function reportUnread(derived: Atoms, read: Atoms, ruled: ReadonlySet<string>, guess: Guess, report: Report): void {
  const readAndDerived = [...read.keys()].filter((name) => derived.has(name));
  const whole = (derived.has(PRE) && derived.has(POST)) || (derived.has(NEVER) && !read.has(NEVER));
  for (const [name, atom] of derived) {
    if (read.has(name) || name === PRE || name === POST || name === NEVER) continue;
    const close = name.length < MIN_LENGTH ? undefined : guess(name, readAndDerived);
    const message = `\`${name}\` is derived but never read`;
    if (close !== undefined && isSlip(name, close)) {
      const hint = `did you mean \`${close}\`?`;
      const fix = { span: atom.relationSpan, text: close };
      report({ severity: 'warning', code: 'near-name', message, span: atom.relationSpan, hint, fix });
    } else if (whole && ruled.has(name)) {
      const hint = 'leave it out, or read it where it was meant to be read';
      report({ severity: 'warning', code: 'never-read', message, span: atom.relationSpan, hint });
    }
  }
}

/**
 * Whether the names differ in case only, or by one letter left out, doubled or swapped: not by a digit or an ending.
 */
function isSlip(a: string, b: string): boolean {
  if (a.toLowerCase() === b.toLowerCase()) return true;
  if (a.replace(/[0-9]/g, '') === b.replace(/[0-9]/g, '')) return false;
  return [...a].sort().join('') === [...b].sort().join('') || oneLetterMore(a, b) || oneLetterMore(b, a);
}

/** Whether `long` is `short` with one letter added, other than in front or at the end. */
function oneLetterMore(long: string, short: string): boolean {
  if (long.length !== short.length + 1) return false;
  let at = 0;
  while (at < short.length && long[at] === short[at]) at++;
  return at > 0 && at < short.length && long.slice(at + 1) === short.slice(at);
}

/** `pre` without `post`, or the other way round, promises nothing; nor does a `never` that rules read. */
function checkPromise(derived: Atoms, read: Atoms, report: Report): void {
  const never = derived.has(NEVER) ? read.get(NEVER) : undefined;
  if (never) {
    const message = `\`${NEVER}\` is read here, so it is a relation like any other and promises nothing`;
    const hint = 'to promise that it has no row at any tick, read another relation here';
    report({ severity: 'warning', code: 'never-is-read', message, span: never.relationSpan, hint });
  }
  for (const [name, other] of [
    [PRE, POST],
    [POST, PRE],
  ] as const) {
    const atom = derived.get(name);
    if (!atom || derived.has(other)) continue;
    const message = `there is a \`${name}\` but no \`${other}\`: that promises nothing`;
    const hint = 'the promise is that every row of `pre` is, in the end, a row of `post`';
    report({ severity: 'warning', code: 'half-a-promise', message, span: atom.relationSpan, hint });
  }
}
