/**
 * `defineProtocol`: a protocol from its parts, checked.
 */
import { LdfiError } from '../core/invariant.js';
import { BOUND_LIMITS } from '../faults/bounds.js';
import { nearest } from './misspelt.js';
import type { AnyProtocol, Protocol, ProtocolDefinition } from './types.js';

/** Marks protocols, also those made by another copy of this package (a test suite's own, beside that of the command line). */
const MARK = Symbol.for('ldfi.protocol');

/**
 * A protocol to be tested, from plain message handlers. The type of states follows from `state`, those of messages and facts from
 * `types: {} as { message: Message; fact: Fact }`, which may have `state` as well; or give all three: `defineProtocol<State, Message, Fact>({…})`.
 * @throws LdfiError 'bad-protocol' that lists every problem
 */
export function defineProtocol<S, M = unknown, F = unknown>(
  definition: ProtocolDefinition<S, M, F>,
): Protocol<S, M, F> {
  const problems = problemsOf(definition);
  if (problems.length > 0) throw new LdfiError('bad-protocol', `defineProtocol: ${problems.join('; ')}`);
  const protocol: Protocol<S, M, F> = {
    kind: 'protocol',
    definition,
    name: definition.name,
    nodes: Object.freeze([...definition.nodes].sort()),
    checks: definition.checks ?? [],
  };
  Object.defineProperty(protocol, MARK, { value: true });
  return Object.freeze(protocol);
}

/** Whether a value (a module's export, say) was made by `defineProtocol`. */
export function isProtocol(value: unknown): value is AnyProtocol {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[MARK] === true;
}

function problemsOf(definition: unknown): string[] {
  // What plain JavaScript hands over may be anything.
  const given: Record<string, unknown> = typeof definition === 'object' && definition !== null ? { ...definition } : {};
  const problems: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) problems.push(what);
  };
  must(typeof given.name === 'string' && given.name !== '', '`name` must be a string');
  must(
    typeof given.actor === 'function',
    '`actor` must be a function that gives the handlers of a node: (id) => ({ onMessage… })',
  );
  must(
    typeof given.check === 'function',
    '`check` must be a function: (world) => "holds" | "vacuous" | { violated: … }',
  );
  must(given.state === undefined || typeof given.state === 'function', '`state` must be a function: (id) => …');
  must(given.seed === undefined || Number.isSafeInteger(given.seed), '`seed` must be an integer');
  problems.push(...nodeProblems(given.nodes), ...checkProblems(given.checks), ...unknownKeys(given));
  return problems;
}

const KEYS = ['name', 'nodes', 'state', 'types', 'actor', 'check', 'checks', 'seed'];

function unknownKeys(given: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(given)
    .filter((key) => !KEYS.includes(key))
    .map((key) => {
      const meant = nearest(key, KEYS);
      return `there is no \`${key}\`${meant ? `: is it \`${meant}\`?` : ` (bounds belong into \`checks\`; there are ${KEYS.join(', ')})`}`;
    });
}

function nodeProblems(nodes: unknown): string[] {
  const isList =
    Array.isArray(nodes) && nodes.length > 0 && nodes.every((node) => typeof node === 'string' && node !== '');
  if (!isList) return ['`nodes` must be a list of at least one name'];
  if (new Set(nodes).size < nodes.length) return ['`nodes` names a node twice'];
  return nodes.length > BOUND_LIMITS.nodes ? [`\`nodes\` has more than ${BOUND_LIMITS.nodes} names`] : [];
}

const EXPECTATIONS = ['holds', 'violated', 'vacuous', 'violated-failure-free', 'inconclusive'];

function checkProblems(checks: unknown): string[] {
  if (checks === undefined) return [];
  if (!Array.isArray(checks)) return ['`checks` must be a list like [{ eot: 6, eff: 3, crashes: 1, expect: "holds" }]'];
  return checks.flatMap((check: unknown, i) => {
    const where = `checks[${i}]`;
    if (typeof check !== 'object' || check === null) return [`${where} must be an object`];
    return Object.entries(check).flatMap(([key, value]) => {
      if (key === 'name') return typeof value === 'string' ? [] : [`${where}.name must be a string`];
      if (key === 'expect')
        return EXPECTATIONS.includes(value) ? [] : [`${where}.expect must be one of ${EXPECTATIONS.join(', ')}`];
      if (!['eot', 'eff', 'crashes'].includes(key)) return [`${where} has an unknown property "${key}"`];
      return Number.isSafeInteger(value) && value >= 0 ? [] : [`${where}.${key} must be an integer, at least 0`];
    });
  });
}
