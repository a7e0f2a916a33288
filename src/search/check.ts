/**
 * Checks: what the directives of a spec and the flags of a command line ask for together, as bounds.
 */
import { groupBy } from '../core/memo.js';
import type { Program, VerdictKind } from '../dedalus/program.js';
import { firstGiven, type GivenBounds, makeBounds } from '../faults/bounds.js';
import type { Bounds } from '../faults/fault.js';

/** One question: does the spec keep its promise within these bounds? */
export interface Check {
  readonly name: string;
  readonly bounds: Bounds;
  /** The verdict that the spec expects, if it says so and its bounds were not overridden. */
  readonly expect: VerdictKind | undefined;
  /** Codes of warnings that it says are meant to be given. */
  readonly allow?: readonly string[] | undefined;
  /** The names of the checks that overriding has made equal to it. */
  readonly others?: readonly string[] | undefined;
}

/** Bounds given beside the spec; each one given replaces that bound in every check. */
export type BoundOverrides = GivenBounds & {
  /** Default: all locations of the facts. */
  readonly nodes?: readonly string[] | undefined;
};

/**
 * The checks of a program. Without any directive there is one check, with the default bounds. Checks that overriding
 * makes equal are one.
 * @throws LdfiError 'bad-bounds'
 */
export function resolveChecks(program: Program, overrides: BoundOverrides = {}): Check[] {
  const located = [...new Set(program.facts.map(({ row }) => String(row[0])))];
  const overridden = Object.values(overrides).some((value) => value !== undefined);
  const directives = program.checks.length > 0 ? program.checks : [undefined];
  const names = new Set<string>();
  const checks = directives.map((directive, i): Check => {
    const nodes = overrides.nodes ?? directive?.nodes ?? located;
    const bounds = makeBounds({ ...firstGiven(overrides, directive, program.names), nodes });
    let name = directive?.name ?? (directives.length === 1 ? 'check' : `check-${i + 1}`);
    while (names.has(name)) name = `${name}-${i + 1}`;
    names.add(name);
    const { expect, allow } = (overridden ? undefined : directive) ?? {};
    return { name, bounds, expect, ...(allow && { allow }) };
  });
  return overridden ? distinct(checks) : checks;
}

/** Of checks with the same bounds the first one, which knows the names of the others. */
export const distinct = (checks: readonly Check[]): Check[] =>
  [...groupBy(checks, ({ bounds }) => JSON.stringify(bounds)).values()].map(([first, ...rest]) => ({
    ...first,
    ...(rest.length > 0 && { others: rest.map(({ name }) => name) }),
  }));

/** Whether a check, or one that overriding has made equal to it, has this name. */
export const isCalled = ({ name, others = [] }: Check, asked: string): boolean =>
  name === asked || others.includes(asked);
