/**
 * Tracked reads: a check cannot tell apart worlds that answer its probes alike, and sees in the tracked world what is
 * in the plain one.
 */
import { deepEqual } from 'node:assert';
import { format, inspect, isDeepStrictEqual } from 'node:util';
import { serialize } from 'node:v8';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snapshot } from '../../src/protocol/data/plain.js';
import { worldOf } from '../../src/protocol/runtime/judge.js';
import { answerTo, type Read } from '../../src/protocol/runtime/probe.js';
import { recordingWorld, wholeWorld } from '../../src/protocol/runtime/recording-world.js';
import type { Final } from '../../src/protocol/runtime/run.js';
import type { World } from '../../src/protocol/types.js';
import { plain } from './arbitraries.js';

const NODES = ['a', 'b'];

/** One step of a check; what it gives is what the check has seen. */
type Look = (value: unknown) => unknown;
type Loose = Record<string, unknown>;

const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null;
const isMap = (value: unknown): value is Map<unknown, unknown> => value instanceof Map;
const isSet = (value: unknown): value is Set<unknown> => value instanceof Set;
const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);

/** What checks do with what they look at. */
const LOOKS: readonly Look[] = [
  (v) => typeof v,
  (v) => Array.isArray(v),
  (v) => (isObject(v) ? v.a : undefined),
  (v) => (isObject(v) ? v.b : undefined),
  (v) => (isObject(v) ? v.constructor === Object : undefined),
  (v) => (isObject(v) ? 'a' in v : undefined),
  (v) => (isObject(v) ? Object.hasOwn(v, 'b') : undefined),
  (v) => (isObject(v) ? Object.keys(v) : undefined),
  (v) => (isObject(v) ? Object.values(v) : undefined),
  (v) => (isObject(v) ? Object.entries(v) : undefined),
  (v) => (isObject(v) && !isMap(v) && !isSet(v) ? { ...v } : undefined),
  (v) => (isObject(v) ? JSON.stringify(v, (_, held) => (typeof held === 'bigint' ? `${held}n` : held)) : String(v)),
  (v) => (Array.isArray(v) ? v.length : undefined),
  (v) => (Array.isArray(v) ? v.at(-1) : undefined),
  (v) => (Array.isArray(v) ? v.includes(1) : undefined),
  (v) => (Array.isArray(v) ? v.map(first) : undefined),
  (v) => (Array.isArray(v) ? [...v].reverse() : undefined),
  (v) => (isMap(v) || isSet(v) ? v.size : undefined),
  (v) => (isMap(v) || isSet(v) ? v.has('a') : undefined),
  (v) => (isMap(v) ? v.get('a') : undefined),
  (v) => (isMap(v) ? [...v.keys()] : undefined),
  (v) => (isMap(v) ? [...v.values()] : undefined),
  (v) => (isMap(v) ? Object.fromEntries([...v].filter(([key]) => typeof key === 'string')) : undefined),
  (v) => (isSet(v) ? [...v] : undefined),
  (v) => {
    const seen: unknown[] = [];
    if (isMap(v)) v.forEach((value, key) => void seen.push([key, value]));
    return seen;
  },
];

/** A value as text; proxies are read through, which is a look as well. */
function said(value: unknown): string {
  if (!isObject(value)) return snapshot(value).text;
  if (isMap(value)) return `M${[...value].map(([k, v]) => `${said(k)}:${said(v)}`)}`;
  if (isSet(value)) return `S${[...value].map(said)}`;
  if (Array.isArray(value)) return `[${value.map(said)}]`;
  return `{${Object.entries(value).map(([k, v]) => `${k}:${said(v)}`)}}`;
}

interface Question {
  readonly node: number;
  readonly part: 'alive' | 'state' | 'log';
  readonly looks: readonly number[];
}

const questions: fc.Arbitrary<Question[]> = fc.array(
  fc.record({
    node: fc.nat(1),
    part: fc.constantFrom('state', 'state', 'log', 'alive'),
    looks: fc.array(fc.nat(LOOKS.length - 1), { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/**
 * A check that goes on asking as long as the answers are longer than a character: what it reads depends on what it has
 * read.
 */
function ask(world: World<unknown>, asked: readonly Question[]): string {
  const answers: string[] = [];
  for (const { node, part, looks } of asked) {
    const name = NODES[node] as string;
    let value: unknown = part === 'state' ? world.state(name) : part === 'log' ? world.log(name) : world.alive;
    for (const look of looks) value = (LOOKS[look] as Look)(value);
    // A primitive or a proxy that is only looked at for what it is.
    answers.push(isObject(value) && looks.length < 2 ? typeof value : said(value));
    if ((answers.at(-1) ?? '').length === 1) break;
  }
  return answers.join(';');
}

const final: fc.Arbitrary<Final> = fc.record({
  alive: fc.boolean(),
  state: plain,
  log: fc.array(plain, { maxLength: 2 }),
  history: fc.constant([]),
  failure: fc.constant(undefined),
});
const finals = fc.tuple(final, final);
type Ends = readonly [Final, Final];

/** What a check sees of a tracked world; undefined if that is blind. */
function follow(world: Ends, asked: readonly Question[]): { answer: string; reads: readonly Read[] } | undefined {
  const tracked = recordingWorld(NODES, world);
  try {
    const answer = ask(tracked.world, asked);
    return tracked.isBlind() ? undefined : { answer, reads: tracked.reads };
  } catch (error) {
    if (tracked.isBlind()) return undefined;
    throw error;
  }
}

test('a tracked world is like the plain one, or says that it is blind; a whole world is like it', () => {
  let [seen, blind] = [0, 0];
  fc.assert(
    fc.property(finals, questions, (world, asked) => {
      const plainly = ask(worldOf(NODES, world), asked);
      const followed = follow(world, asked);
      if (followed) expect(followed.answer).toBe(plainly);
      if (followed) seen++;
      else blind++;
      expect(ask(wholeWorld(NODES, world).world, asked)).toBe(plainly);
    }),
    { numRuns: 3_000 },
  );
  expect(seen).toBeGreaterThan(10 * blind);
});

test.each([
  ['tracked', follow],
  [
    'whole',
    (world: Ends, asked: readonly Question[]) => {
      const whole = wholeWorld(NODES, world);
      return { answer: ask(whole.world, asked), reads: whole.reads };
    },
  ],
])('worlds that agree on all that was read get the same answer: %s', (_, look) => {
  let agreed = 0;
  fc.assert(
    fc.property(finals, finals, questions, (one, other, asked) => {
      const looked = look(one, asked);
      if (!looked) return;
      for (const { probe, answer: given } of looked.reads) {
        expect(answerTo(probe, one[probe.node] as Final)).toBe(given);
        if (answerTo(probe, other[probe.node] as Final) !== given) return;
      }
      agreed++;
      expect(ask(worldOf(NODES, other), asked)).toBe(looked.answer);
    }),
    { numRuns: 6_000 },
  );
  expect(agreed).toBeGreaterThan(150);
});

const state = () => ({
  map: new Map<unknown, unknown>([
    ['x', { n: 1 }],
    ['y', 2],
  ]),
  set: new Set([1, 2]),
  list: [3, 1, 2],
  deep: { a: { b: 1 } },
});
type State = ReturnType<typeof state>;

/** What a check may do that looks past proxies, or changes what it gets. */
const BLINDING: Readonly<Record<string, (s: State) => unknown>> = {
  'util.isDeepStrictEqual of Maps': (s) => isDeepStrictEqual(s.map, new Map()),
  'util.isDeepStrictEqual of Sets': (s) => isDeepStrictEqual(s, { ...state(), set: new Set([3]) }),
  'util.inspect of an object': (s) => inspect(s.deep),
  'util.inspect of a Map': (s) => inspect(s.map),
  'util.format': (s) => format('%O', s.list),
  structuredClone: (s) => structuredClone(s.deep).a.b,
  'v8.serialize': (s) => serialize(s.list).length,
  'assert.deepEqual of Maps': (s) => deepEqual(s.map, state().map),
  'sorting in place': (s) => s.list.sort().join(),
  'adding to a Map': (s) => s.map.set('z', 1).size,
  'assigning to a property': (s) => {
    s.deep.a.b = 2;
    return s.deep.a.b;
  },
  'more reads than are followed': (s) => {
    const { list } = s;
    // Each index is a read of its own.
    return Array.from({ length: 1_000 }, (_, i) => list[i]).length;
  },
};

test.each(Object.entries(BLINDING))('%s shows, and is right in a whole world', (_, look) => {
  const final = (): Final => ({ alive: true, state: state(), log: [], history: [], failure: undefined });
  const tracked = recordingWorld(NODES, [final(), final()]);
  let failed = false;
  try {
    look(tracked.world.state('a') as State);
  } catch {
    failed = true;
  }
  expect(failed || tracked.isBlind()).toBe(true);
  const ends = [final(), final()];
  const whole = wholeWorld(NODES, ends);
  expect(look(whole.world.state('a') as State)).toEqual(look(state()));
  expect(whole.reads.map(({ probe }) => probe.ask)).toEqual(['whole']);
  // What the check did to its copy is its own business.
  expect(ends).toEqual([final(), final()]);
});

test('collections are visited as they are without a proxy', () => {
  const { world } = recordingWorld(NODES, [
    { alive: true, state: state(), log: [], history: [], failure: undefined },
    { alive: true, state: state(), log: [], history: [], failure: undefined },
  ]);
  const { map, set } = world.state('a') as State;
  const seen: unknown[] = [];
  const self = {};
  set.forEach(function (this: unknown, value, key, all) {
    seen.push(value, key, all === set, this === self);
  }, self);
  map.forEach((_value, key, all) => void seen.push(key, all === map));
  expect(seen).toEqual([1, 1, true, true, 2, 2, true, true, 'x', true, 'y', true]);
});

test('what a bare object does not have is not found in it', () => {
  const bare: Final = { alive: true, state: Object.create(null), log: [], history: [], failure: undefined };
  const { world } = recordingWorld(NODES, [bare, bare]);
  expect('toString' in (world.state('a') as object)).toBe(false);
  expect('constructor' in (world.state('a') as object)).toBe(false);
});

test('what is not looked at is not read', () => {
  const state = { big: { a: 1 }, small: 2, table: new Map([['k', 1]]) };
  const { world, reads } = recordingWorld(NODES, [
    { alive: true, state, log: [], history: [], failure: undefined },
    { alive: true, state, log: [], history: [], failure: undefined },
  ]);
  const seen = world.state('a') as typeof state;
  expect([seen.small, seen.table.get('k'), seen.table.get('k')]).toEqual([2, 1, 1]);
  expect(reads.map(({ probe, answer }) => [probe.node, probe.path.length, answer])).toEqual([
    [0, 0, 'object'],
    [0, 1, '2'],
    [0, 1, 'map'],
    [0, 2, '1'],
  ]);
  expect(seen.big).toBe(seen.big);
});
