/**
 * A relation has one arity everywhere, and at least a location (reference §2, §3); `pre` and `post` have the same (§5).
 *
 * The arity written most often is taken as meant; every other use is a mistake.
 */
import type { Atom } from '../ast.js';
import { CRASH, CRASH_ARITY, POST, PRE } from '../builtin.js';
import type { Report } from '../collector.js';
import { atomsOf, type CheckInput } from './context.js';

/** The uses of one relation by arity, in source order. */
type Uses = Map<number, Atom[]>;

/** Every relation has one arity, at least 1; `pre` and `post` have the same. */
export function checkArity(input: CheckInput, report: Report): void {
  const derived = new Set([...input.facts.map(({ atom }) => atom), ...input.rules.map(({ head }) => head)]);
  const relations = new Map<string, Uses>();
  for (const atom of atomsOf(input)) {
    const uses = relations.get(atom.relation) ?? new Map<number, Atom[]>();
    relations.set(atom.relation, uses);
    const same = uses.get(atom.args.length);
    if (same) same.push(atom);
    else uses.set(atom.args.length, [atom]);
  }
  for (const [relation, uses] of relations) {
    if (relation === CRASH) checkCrashArity(uses, report);
    else checkUses(uses, derived, report);
  }
  checkPromise(relations, derived, report);
}

/** The most frequent arity; among equals one that a fact or head has, then the earliest. */
function meant(uses: Uses, derived: ReadonlySet<Atom>): { arity: number; first: Atom } | undefined {
  let best: { arity: number; first: Atom; weight: number } | undefined;
  for (const [arity, atoms] of uses) {
    const [first] = atoms;
    const weight = 2 * atoms.length + (atoms.some((atom) => derived.has(atom)) ? 1 : 0);
    if (first && (!best || weight > best.weight)) best = { arity, first, weight };
  }
  return best;
}

function checkUses(uses: Uses, derived: ReadonlySet<Atom>, report: Report): void {
  const usual = meant(uses, derived);
  for (const [arity, atoms] of uses) {
    for (const atom of atoms) {
      if (arity === 0) reportEmpty(atom, report);
      else if (usual && usual.arity > 0 && arity !== usual.arity) {
        const message = `\`${atom.relation}\` has ${plural(arity)} here, but ${plural(usual.arity)} elsewhere`;
        const related = [{ span: usual.first.span, message: `${plural(usual.arity)} here` }];
        report({ severity: 'error', code: 'arity-mismatch', message, span: atom.span, related });
      }
    }
  }
}

function reportEmpty(atom: Atom, report: Report): void {
  report({
    severity: 'error',
    code: 'no-location',
    message: `\`${atom.relation}\` has no arguments, so it is nowhere`,
    span: atom.span,
    hint: 'the first argument of every relation is the node that holds the tuple',
  });
}

function checkCrashArity(uses: Uses, report: Report): void {
  for (const [arity, atoms] of uses) {
    if (arity === CRASH_ARITY) continue;
    for (const atom of atoms) {
      report({
        severity: 'error',
        code: 'arity-mismatch',
        message: `the built-in \`crash\` has ${plural(CRASH_ARITY)}, not ${arity}`,
        span: atom.span,
        hint: 'write `crash(Observer, Node, CrashTick)`: the tick of the look-up is implicit',
      });
    }
  }
}

/** `pre` and `post` are compared row by row. */
function checkPromise(relations: ReadonlyMap<string, Uses>, derived: ReadonlySet<Atom>, report: Report): void {
  const pre = meant(relations.get(PRE) ?? new Map(), derived);
  const post = meant(relations.get(POST) ?? new Map(), derived);
  if (!pre || !post || pre.arity === post.arity) return;
  report({
    severity: 'error',
    code: 'pre-post-arity',
    message: `\`pre\` has ${plural(pre.arity)} and \`post\` ${plural(post.arity)}: their rows cannot be compared`,
    span: post.first.span,
    hint: 'give both the same arguments',
    related: [{ span: pre.first.span, message: '`pre` is here' }],
  });
}

function plural(arity: number): string {
  return `${arity} argument${arity === 1 ? '' : 's'}`;
}
