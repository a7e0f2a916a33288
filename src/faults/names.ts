/**
 * Bounds that name nodes: what never fails, what is alike, which nodes the faults of a kind may strike, and groups of
 * nodes.
 *
 * `reliable: ['client', 'a>b']`, `symmetric: ['b', 'c']`, `crashable: ['b', 'c']`,
 * `groups: { west: ['a', 'b'], east: ['c', 'd'] }`.
 */
import type { Bounds, KindBounds } from './fault.js';
import type { NodeList } from './kind.js';
import { kinds } from './kinds.js';

/** The name of a bound that is a list of nodes. */
export type ListName = 'reliable' | 'symmetric' | Extract<keyof KindBounds, NodeList>;

/** Nodes by the name of their group. */
export type Groups = Readonly<Record<string, readonly string[]>>;

/** The bounds that name nodes, as people give them. */
export type NamedBounds = Readonly<Partial<Record<ListName, readonly string[] | undefined>>> & {
  readonly groups?: Groups | undefined;
};

/** Groups beyond which there are too many ways to split them in two. */
const MOST_GROUPS = 12;

/** Lists that say nothing if they are empty. */
const SAYING_NOTHING: readonly string[] = ['reliable', 'symmetric'];

/** The lists that there are: what never fails first, then what is alike, then those of the kinds. */
export const listNames = (): ListName[] =>
  [...SAYING_NOTHING, ...kinds().flatMap(({ strikes }) => strikes ?? [])] as ListName[];

export const isListName = (name: string): name is ListName => listNames().some((list) => list === name);

/** Each of these lists, made something of. */
export const mapLists = <T>(make: (name: ListName) => T): Record<ListName, T> =>
  Object.fromEntries(listNames().map((name) => [name, make(name)])) as Record<ListName, T>;

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

/** What is given first of each, sorted; what says nothing is left out. */
export function namesGiven(...given: readonly (NamedBounds | undefined)[]): Pick<Bounds, ListName | 'groups'> {
  const first = <K extends keyof NamedBounds>(name: K): NamedBounds[K] =>
    given.find((one) => one?.[name] !== undefined)?.[name];
  const lists = listNames().flatMap((name) => {
    const list = first(name);
    return list && (list.length > 0 || !SAYING_NOTHING.includes(name)) ? [[name, sorted(list)] as const] : [];
  });
  const groups = Object.entries(first('groups') ?? {}).map(([name, nodes]) => [name, sorted(nodes)] as const);
  return {
    ...Object.fromEntries(lists),
    ...(groups.length > 0 && { groups: Object.fromEntries(groups.sort(([a], [b]) => (a < b ? -1 : 1))) }),
  };
}

/** What is wrong with names, each in a sentence. */
export function nameProblems(bounds: NamedBounds, nodes: readonly string[]): string[] {
  const known = `the nodes ${nodes.join(', ')}`;
  const isNode = (name: string): boolean => nodes.includes(name);
  const problems: string[] = [];
  for (const name of listNames()) {
    const isLink = name === 'reliable';
    const unknown = (bounds[name] ?? []).filter((one) => !(isLink ? one.split('>') : [one]).every(isNode));
    const what = isLink ? 'nodes, or links like a>b, of' : 'some of';
    if (unknown.length > 0) problems.push(`${name} are ${what} ${known}; not ${unknown.join(', ')}`);
  }
  const groups = Object.values(bounds.groups ?? {});
  const members = groups.flat();
  const unknown = members.filter((name) => !isNode(name));
  if (unknown.length > 0) problems.push(`groups are of ${known}; not ${unknown.join(', ')}`);
  const twice = members.find((name, i) => members.indexOf(name) < i);
  if (twice !== undefined) problems.push(`${twice} is in two groups`);
  if (bounds.groups && (groups.length < 2 || groups.length > MOST_GROUPS))
    problems.push(`there are 2 to ${MOST_GROUPS} groups, not ${groups.length}`);
  if (groups.some((group) => group.length === 0)) problems.push('a group has at least one node');
  if (unknown.length === 0) problems.push(...unequal(bounds));
  return problems;
}

/** What tells nodes apart that are declared to be alike. */
function unequal(bounds: NamedBounds): string[] {
  const [first = '', ...others] = bounds.symmetric ?? [];
  return others.flatMap((other) => {
    const exchanged = (name: string): string => (name === first ? other : name === other ? first : name);
    const isSame = (names: readonly string[]): boolean =>
      names.every((name) => names.includes(name.split('>').map(exchanged).join('>')));
    const groups = Object.values(bounds.groups ?? {}).map((group) => sorted(group).join(' '));
    const moved = Object.values(bounds.groups ?? {}).map((group) => sorted(group.map(exchanged)).join(' '));
    const telling = [
      ...listNames().filter((name) => !isSame(bounds[name] ?? [])),
      ...(moved.every((group) => groups.includes(group)) ? [] : ['groups']),
    ];
    return telling.map((name) => `${first} and ${other} are not symmetric: ${name} tells them apart`);
  });
}

/** `client reliable`, `only b c crashable`, `groups west (a b) east (c d)`. */
export function namesInWords(bounds: Bounds): string[] {
  const { reliable, symmetric, groups = {}, ...others }: NamedBounds = namesGiven(bounds);
  const lists = Object.entries(others).map(([name, nodes]) =>
    nodes && nodes.length > 0 ? `only ${nodes.join(' ')} ${name}` : `no node ${name}`,
  );
  const all = Object.entries(groups).map(([name, nodes]) => `${name} (${nodes.join(' ')})`);
  return [
    ...(reliable ? [`${reliable.join(' ')} reliable`] : []),
    ...(symmetric ? [`${symmetric.join(' ')} symmetric`] : []),
    ...lists,
    ...(all.length > 0 ? [`groups ${all.join(' ')}`] : []),
  ];
}

/** Reads `west = a b, east = c d`; or what is wrong with it, in a few words. */
export function parseGroups(text: string): { readonly groups: Groups } | { readonly problem: string } {
  const groups = new Map<string, readonly string[]>();
  for (const part of text.split(',')) {
    const [name = '', members = '', more] = part.split('=').map((side) => side.trim());
    const nodes = members.split(/\s+/).filter((node) => node !== '');
    if (name === '' || /\s/.test(name) || nodes.length === 0 || more !== undefined)
      return { problem: `groups are written like west = a b, east = c d; not like "${part.trim()}"` };
    if (groups.has(name)) return { problem: `the group ${name} is named twice` };
    groups.set(name, nodes);
  }
  return { groups: Object.fromEntries(groups) };
}
