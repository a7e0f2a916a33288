/**
 * What is wrong with a protocol's definition: all of it at once, each with the property that it is about. Types say
 * most of this before, and not everybody uses types.
 */
import type { Problem } from '../core/invariant.js';
import { BOUND_LIMITS, type BoundName, boundNames, boundRanges, givenNames } from '../faults/bounds.js';
import { isListName } from '../faults/names.js';
import { selectFaults } from '../faults/selection.js';
import { nearest } from './handler-names.js';

const KEYS = ['name', 'nodes', 'state', 'types', 'durable', 'actor', 'check', 'always', 'checks', 'seed'];
const EXPECTATIONS = ['holds', 'violated', 'vacuous', 'violated-failure-free', 'inconclusive'];

/** @param definition what plain JavaScript hands over may be anything */
export function problemsOf(definition: unknown): Problem[] {
  if (typeof definition !== 'object' || definition === null)
    return [
      { path: [], message: 'there is no definition', hint: 'defineProtocol({ name, nodes, state, actor, check })' },
    ];
  const given: Record<string, unknown> = { ...definition };
  const { actor, state, durable } = given;
  const own = [
    ...must(isOptional(state, 'function'), given, 'state', 'a function', 'like (id) => ({ … })'),
    ...must(
      durable === undefined ||
        typeof durable === 'function' ||
        (Array.isArray(durable) && durable.every((field) => typeof field === 'string')),
      given,
      'durable',
      'a list of fields of the state, or a function',
      "like ['log', 'term'] or (state) => ({ log: state.log })",
    ),
    ...must(typeof actor === 'function', given, 'actor', 'a function', 'like (id) => ({ onMessage… })'),
  ];
  return [...problemsWith(own, given), ...unknownKeys(given, KEYS, [])];
}

/** What is wrong with a definition of any kind. @param own with the parts that only its kind has */
export function problemsWith(own: readonly Problem[], given: Readonly<Record<string, unknown>>): Problem[] {
  const { name, check, always, seed } = given;
  return [
    ...must(typeof name === 'string' && name !== '', given, 'name', 'a string that is not empty'),
    ...nodeProblems(given),
    ...own,
    ...must(
      typeof check === 'function',
      given,
      'check',
      'a function',
      "(world) => …, which gives 'holds', 'vacuous' or { violated: 'what is broken' }",
    ),
    ...must(isOptional(always, 'function'), given, 'always', 'a function', 'like check, but of every tick'),
    ...checksProblems(given),
    ...must(seed === undefined || Number.isSafeInteger(seed), given, 'seed', 'an integer'),
  ];
}

export const isOptional = (value: unknown, type: string): boolean => value === undefined || typeof value === type;

/** A problem with a property, unless it is as it must be. */
export function must(
  holds: boolean,
  given: Readonly<Record<string, unknown>>,
  key: string,
  what: string,
  hint?: string,
): Problem[] {
  if (holds) return [];
  const value = given[key];
  const is = value === undefined ? 'is missing: it must be' : 'must be';
  return [{ path: [key], message: `\`${key}\` ${is} ${what}${insteadOf(value)}`, hint }];
}

/** What was given, where that is short. */
const insteadOf = (value: unknown): string =>
  value === null || typeof value === 'number' || typeof value === 'boolean' ? `, not ${value}` : '';

export function nodeProblems(given: Readonly<Record<string, unknown>>): Problem[] {
  const { nodes } = given;
  const what = 'a list of at least one name';
  if (!Array.isArray(nodes) || nodes.length === 0) return must(false, given, 'nodes', what, "like ['a', 'b', 'c']");
  if (nodes.length > BOUND_LIMITS.nodes)
    return [{ path: ['nodes'], message: `\`nodes\` has more than ${BOUND_LIMITS.nodes} names` }];
  const list: readonly unknown[] = nodes;
  return list.flatMap((node, i): Problem[] => {
    const where = `\`nodes[${i}]\``;
    if (typeof node !== 'string' || node === '')
      return [{ path: ['nodes', i], message: `${where} must be a name: a string that is not empty` }];
    const twice = list.indexOf(node) < i;
    return twice ? [{ path: ['nodes', i], message: `${where} names "${node}" a second time` }] : [];
  });
}

export function checksProblems(given: Readonly<Record<string, unknown>>): Problem[] {
  const { checks } = given;
  const example = "like [{ eot: 6, eff: 3, crashes: 1, expect: 'holds' }]";
  if (checks === undefined) return [];
  if (!Array.isArray(checks)) return must(false, given, 'checks', 'a list', example);
  return checks.flatMap((check: unknown, i): Problem[] => {
    const path = ['checks', i];
    if (typeof check !== 'object' || check === null)
      return [
        {
          path,
          message: `\`checks[${i}]\` must be an object`,
          hint: "like { eot: 6, eff: 3, crashes: 1, expect: 'holds' }",
        },
      ];
    const entries = Object.entries(check).filter(([, value]) => value !== undefined);
    const wrong = entries.flatMap(([key, value]): Problem[] => {
      const what = wantedOf(key, value);
      if (what === undefined) return [];
      const meant = key === 'expect' && typeof value === 'string' ? nearest(value, EXPECTATIONS) : undefined;
      const hint = meant && `is it '${meant}'?`;
      return [{ path: [...path, key], message: `\`checks[${i}].${key}\` must be ${what}${insteadOf(value)}`, hint }];
    });
    return [...wrong, ...unknownKeys(check, ['name', ...givenNames(), 'expect', 'allow'], path)];
  });
}

/** What a property of a check must be, unless it is. */
function wantedOf(key: string, value: unknown): string | undefined {
  if (key === 'name') return typeof value === 'string' ? undefined : 'a string';
  if (key === 'expect')
    return EXPECTATIONS.some((known) => known === value) ? undefined : `one of ${EXPECTATIONS.join(', ')}`;
  if (key === 'allow') return isNameList(value) ? undefined : "a list of warnings, like ['short-eot']";
  if (key === 'faults') return problemOfList(value);
  if (isListName(key)) return isNameList(value) ? undefined : "a list of names, like ['a', 'b']";
  if (key === 'groups')
    return isGroups(value) ? undefined : "lists of nodes by name, like { west: ['a'], east: ['b'] }";
  if (!isBoundName(key)) return undefined;
  const { least, most } = boundRanges()[key];
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
  return fits ? undefined : `an integer from ${least} to ${most}`;
}

const isNameList = (value: unknown): boolean => Array.isArray(value) && value.every((name) => typeof name === 'string');

const isGroups = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isNameList);

/** What a list of kinds must be, unless it is. */
function problemOfList(value: unknown): string | undefined {
  if (typeof value !== 'string' && !(Array.isArray(value) && value.every((item) => typeof item === 'string')))
    return "a list of kinds, like 'omission,crash,delay:2'";
  try {
    selectFaults(value);
    return undefined;
  } catch (error) {
    return `a list of kinds (${error instanceof Error ? error.message : ''})`;
  }
}

const isBoundName = (key: string): key is BoundName => boundNames().some((name) => name === key);

export function unknownKeys(given: object, keys: readonly string[], path: readonly (string | number)[]): Problem[] {
  return Object.keys(given)
    .filter((key) => !keys.includes(key))
    .map((key) => {
      const meant = nearest(key, keys);
      const others = meant ? `is it \`${meant}\`?` : `there are ${keys.join(', ')}`;
      const isBound = path.length === 0 && isBoundName(key);
      const hint = isBound ? '`checks: [{ … }]` is the place for bounds' : others;
      return { path: [...path, key], message: `there is no \`${key}\``, hint };
    });
}
