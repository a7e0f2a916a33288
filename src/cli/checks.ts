/**
 * The checks of a subject for a command: what is wrong with their bounds is said before anything is searched.
 */
import { LdfiError } from '../core/invariant.js';
import { visible } from '../core/text.js';
import type { Program } from '../dedalus/program.js';
import type { Bounds } from '../faults/fault.js';
import { type BoundOverrides, type Check, resolveChecks } from '../search/check.js';
import { protocolChecks } from '../testing/checks.js';
import type { Subject } from './subject.js';
import { complain } from './terminal.js';

/**
 * The checks of a subject, or undefined, and a complaint, if there is something wrong with their bounds.
 * @param quiet leave out notes
 */
export function checksOf(subject: Subject, overrides: BoundOverrides, quiet: boolean): Check[] | undefined {
  const name = subject.kind === 'protocol' && !subject.alone ? ` (${subject.protocol.name})` : '';
  const where = visible(subject.spec.roots.join(' ') + name);
  const problem = subject.kind === 'dedalus' ? nodeless(subject.program, overrides) : fixedNodes(overrides);
  if (problem !== undefined) {
    complain(`error: ${where}: ${problem}\n`);
    return undefined;
  }
  try {
    if (subject.kind === 'protocol') return protocolChecks(subject.protocol, overrides, subject.alone);
    const checks = resolveChecks(subject.program, overrides);
    if (!quiet) for (const { name, bounds } of checks) complain(misspelt(subject.program, where, name, bounds));
    return checks;
  } catch (error) {
    if (!(error instanceof LdfiError)) throw error;
    complain(`error: ${where}: ${visible(error.message)}\n`);
    return undefined;
  }
}

/** Whether a subject says itself what is to be checked. */
export const hasChecks = (subject: Subject): boolean =>
  (subject.kind === 'dedalus' ? subject.program.checks : subject.protocol.checks).length > 0;

function nodeless(program: Program, overrides: BoundOverrides): string | undefined {
  if (program.facts.length > 0 || overrides.nodes !== undefined || program.checks.some(({ nodes }) => nodes))
    return undefined;
  const what = program.rules.length === 0 ? 'there is nothing in it' : 'without facts there are no nodes';
  return `${what}; add facts, or name the nodes: --nodes a,b,c`;
}

const fixedNodes = ({ nodes }: BoundOverrides): string | undefined =>
  nodes &&
  'a protocol names its nodes itself: change `nodes` in defineProtocol, and leave out --nodes (or `nodes` in the configuration)';

/** A note on what looks like a misspelt list of nodes: a node without facts, and facts at what is no node. */
function misspelt({ facts }: Program, where: string, check: string, { nodes }: Bounds): string {
  const places = new Set(facts.map(({ row }) => String(row[0])));
  const unknown = nodes.filter((node) => !places.has(node));
  const idle = [...places].filter((place) => !nodes.includes(place));
  if (unknown.length === 0 || idle.length === 0) return '';
  return `note: ${where}: check ${visible(check)}: no fact is at node ${listed(unknown)}; there are facts at ${listed(idle)}, which is no node\n`;
}

const listed = (names: readonly string[]): string =>
  visible(names.slice(0, 5).join(', ') + (names.length > 5 ? ' …' : ''));
