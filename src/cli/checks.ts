/**
 * The checks of a program for a command: what is wrong with their bounds is said before anything is searched.
 */
import { LdfiError } from '../core/invariant.js';
import { escapeText } from '../dedalus/frame.js';
import type { Program } from '../dedalus/program.js';
import type { Bounds } from '../faults/fault.js';
import { type BoundOverrides, type Check, resolveChecks } from '../search/check.js';
import { complain } from './terminal.js';

/**
 * The checks of the program in these files, or undefined, and a complaint, if there is something wrong with their bounds.
 * @param quiet leave out notes
 */
export function checksOf(
  program: Program,
  paths: readonly string[],
  overrides: BoundOverrides,
  quiet: boolean,
): Check[] | undefined {
  const where = escapeText(paths.join(' '));
  if (program.facts.length === 0 && overrides.nodes === undefined && program.checks.every(({ nodes }) => !nodes)) {
    const what = program.rules.length === 0 ? 'there is nothing in it' : 'without facts there are no nodes';
    complain(`error: ${where}: ${what}; add facts, or name the nodes: --nodes a,b,c\n`);
    return undefined;
  }
  try {
    const checks = resolveChecks(program, overrides);
    if (!quiet) for (const { name, bounds } of checks) complain(misspelt(program, where, name, bounds));
    return checks;
  } catch (error) {
    if (!(error instanceof LdfiError)) throw error;
    complain(`error: ${where}: ${escapeText(error.message)}\n`);
    return undefined;
  }
}

/** A note on what looks like a misspelt list of nodes: a node without facts, and facts at what is no node. */
function misspelt({ facts }: Program, where: string, check: string, { nodes }: Bounds): string {
  const places = new Set(facts.map(({ row }) => String(row[0])));
  const unknown = nodes.filter((node) => !places.has(node));
  const idle = [...places].filter((place) => !nodes.includes(place));
  if (unknown.length === 0 || idle.length === 0) return '';
  return `note: ${where}: check ${escapeText(check)}: no fact is at node ${listed(unknown)}; there are facts at ${listed(idle)}, which is no node\n`;
}

const listed = (names: readonly string[]): string =>
  escapeText(names.slice(0, 5).join(', ') + (names.length > 5 ? ' …' : ''));
