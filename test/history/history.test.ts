/** Questions about histories against brute force over all permutations. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HistoryAnswer, Operation } from '../../src/history/history.js';
import { linearizable, sequential } from '../../src/history/linearizable.js';
import { type Model, models } from '../../src/history/models.js';
import { monotonicReads, readYourWrites } from '../../src/history/sessions.js';
import { Bag, Cell, Counter, hasOrderNaive, Line, Store, sessionNaive, type Thing } from './naive.js';

const small = fc.constantFrom(1, 2);
const value = fc.constantFrom(null, 1, 2);
const kind = <const T extends string>(name: T) => fc.constant(name);

type Pair = fc.Arbitrary<{ op: unknown; result: unknown }>;
const pair = (op: fc.Arbitrary<unknown>, result: fc.Arbitrary<unknown>): Pair => fc.record({ op, result });

const reading = pair(fc.record({ kind: kind('read') }), value);
const writing = pair(fc.record({ kind: kind('write'), value: small }), fc.constant(null));
const swapping = pair(fc.record({ kind: kind('cas'), from: value, to: small }), fc.boolean());
const byKey = (pairs: Pair): Pair =>
  fc.tuple(pairs, fc.constantFrom('x', 'y')).map(([{ op, result }, key]) => {
    const { kind: name, ...rest } = op as { kind: string };
    return { op: { kind: { read: 'get', write: 'put' }[name] ?? name, key, ...rest }, result };
  });

const OBJECTS: Readonly<Record<string, readonly [() => Model, () => Thing, Pair]>> = {
  register: [models.register, () => new Cell(), fc.oneof(reading, writing)],
  casRegister: [models.casRegister, () => new Cell(), fc.oneof(reading, writing, swapping)],
  counter: [
    models.counter,
    () => new Counter(),
    fc.oneof(
      pair(fc.record({ kind: kind('read') }), fc.constantFrom(0, 1, 2, 3)),
      pair(fc.record({ kind: kind('add'), by: small }), fc.constant(null)),
    ),
  ],
  set: [
    models.set,
    () => new Bag(),
    fc.oneof(
      pair(fc.record({ kind: fc.constantFrom('add', 'remove'), value: small }), fc.constant('ok')),
      pair(fc.record({ kind: kind('has'), value: small }), fc.boolean()),
      pair(fc.record({ kind: kind('read') }), fc.constantFrom([], [1], [2], [1, 2])),
    ),
  ],
  queue: [
    models.queue,
    () => new Line(),
    fc.oneof(
      pair(fc.record({ kind: kind('enqueue'), value: small }), fc.constant(null)),
      pair(fc.record({ kind: kind('dequeue') }), value),
    ),
  ],
  keyValue: [
    models.keyValue,
    () => new Store(),
    fc.oneof(
      byKey(reading),
      byKey(writing),
      byKey(swapping),
      pair(fc.record({ kind: kind('delete'), key: fc.constantFrom('x', 'y') }), fc.constant(null)),
    ),
  ],
};

/** Up to five operations of up to three clients within six ticks. */
const historyOf = (pairs: Pair): fc.Arbitrary<Operation[]> =>
  fc.array(
    fc
      .tuple(pairs, fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 6 }), fc.option(fc.nat(2), { freq: 5 }))
      .map(([{ op, result }, client, invoked, length]): Operation => {
        return length === null ? { client, op, invoked } : { client, op, result, invoked, completed: invoked + length };
      }),
    { maxLength: 5 },
  );

/** The same, with an order of what each client saw at one tick; `ranks` draw it. */
const turnedOf = (pairs: Pair): fc.Arbitrary<Operation[]> =>
  fc.tuple(historyOf(pairs), fc.array(fc.nat(9), { minLength: 10, maxLength: 10 })).map(([history, ranks]) => {
    const events = history.flatMap(({ client, invoked, completed }, i) => {
      const [asked = 0, told = 0] = [ranks[2 * i], ranks[2 * i + 1]];
      const end = { i, client, tick: completed ?? 0, rank: completed === invoked ? Math.max(asked, told) : told };
      return [{ i, client, tick: invoked, rank: asked }, ...(completed === undefined ? [] : [end])];
    });
    events.sort((a, b) => a.tick - b.tick || a.rank - b.rank);
    const turns = history.map((): number[] => []);
    const counts: Record<string, number> = {};
    for (const { i, client } of events) {
      counts[client] = (counts[client] ?? 0) + 1;
      turns[i]?.push(counts[client]);
    }
    const all = history.map((operation, i): Operation & { turns: number[] } => ({
      ...operation,
      turns: turns[i] ?? [],
    }));
    return all.sort((a, b) => a.invoked - b.invoked || (a.turns[0] ?? 0) - (b.turns[0] ?? 0));
  });

/** Without an order; with one as soon as one of its results is forgotten. */
function isCritical(
  history: readonly Operation[],
  answer: HistoryAnswer & { kind: 'violated' },
  isNaive: (part: Operation[]) => boolean,
): boolean {
  const { part, around } = answer;
  const place = (it: Operation): number => history.findIndex(({ op }) => op === it.op);
  const all = [...part, ...around].sort((a, b) => place(a) - place(b));
  const forgotten = ({ client, op, invoked, turns }: Operation): Operation => ({
    ...{ client, op, invoked },
    ...(turns && { turns: turns.slice(0, 1) }),
  });
  return (
    part.length > 0 &&
    !isNaive(all) &&
    part.every((it) => isNaive(all.map((one) => (one === it ? forgotten(it) : one))))
  );
}

const RUNS = { numRuns: 1_000, seed: 10 };

/** Both answers come up: a comparison of which one side is rare would show little. */
function compared(pairs: Pair, answerOf: (it: Operation[]) => HistoryAnswer, isNaive: (it: Operation[]) => boolean) {
  comparedOn(historyOf(pairs), answerOf, isNaive);
  comparedOn(turnedOf(pairs), answerOf, isNaive);
}

function comparedOn(
  histories: fc.Arbitrary<Operation[]>,
  answerOf: (it: Operation[]) => HistoryAnswer,
  isNaive: (it: Operation[]) => boolean,
) {
  const counts = { holds: 0, violated: 0 };
  fc.assert(
    fc.property(histories, (history) => {
      const answer = answerOf(history);
      counts[answer.kind]++;
      expect(answer.kind).toBe(isNaive(history) ? 'holds' : 'violated');
      if (answer.kind === 'violated') expect(isCritical(history, answer, isNaive)).toBe(true);
    }),
    RUNS,
  );
  expect(Math.min(counts.holds, counts.violated)).toBeGreaterThan(50);
}

describe('as brute force over all permutations', () => {
  test.each(Object.entries(OBJECTS))('linearizable: %s', (_, [model, thing, pairs]) => {
    compared(
      pairs,
      (history) => linearizable(history, model()),
      (history) => hasOrderNaive(history, thing, true),
    );
  });

  test.each(Object.entries(OBJECTS))('sequential: %s', (_, [model, thing, pairs]) => {
    compared(
      pairs,
      (history) => sequential(history, model()),
      (history) => hasOrderNaive(history, thing, false),
    );
  });

  const some = fc.oneof(reading, writing);
  test('monotonicReads', () => compared(some, monotonicReads, (history) => sessionNaive(history, 'reads')));
  test('readYourWrites', () => compared(some, readYourWrites, (history) => sessionNaive(history, 'writes')));
});

const write = (client: string, to: unknown, invoked: number, completed?: number): Operation =>
  completed === undefined
    ? { client, op: { kind: 'write', value: to }, invoked }
    : { client, op: { kind: 'write', value: to }, result: null, invoked, completed };
const read = (client: string, result: unknown, invoked: number, completed: number): Operation => ({
  ...{ client, op: { kind: 'read' }, result },
  ...{ invoked, completed },
});

describe('a violation', () => {
  const stale = [write('a', 1, 1, 2), write('a', 2, 3, 4), read('c', 2, 4, 5), read('b', 1, 6, 7), read('b', 2, 8, 9)];

  test('is the shortest part without an order, in a sentence', () => {
    expect(linearizable(stale, models.register())).toEqual({
      kind: 'violated',
      part: [stale[0], stale[1], stale[3]],
      around: [],
      sentence:
        'no order of these operations, each between its ticks, is that of a register: ' +
        'a: write(1) at 1–2; a: write(2) at 3–4; b: read() → 1 at 6–7',
    });
  });

  test('names beside it what its results come from', () => {
    const history = [write('a', 1, 1), read('b', 1, 3, 3), read('b', null, 4, 4), write('c', 2, 5, 6)];
    const answer = linearizable(history, models.register());
    expect(answer).toMatchObject({ part: [history[1], history[2]], around: [{ invoked: 1, op: { value: 1 } }] });
    expect(answer.kind === 'violated' && answer.sentence).toContain(' (with a: write(1) from 1, at any time)');
  });

  test('of time alone is none where only the order of each client counts', () => {
    expect(sequential(stale, models.register())).toEqual({ kind: 'holds' });
    expect(sequential([...stale, read('b', 1, 10, 11)], models.register()).kind).toBe('violated');
  });

  test('names the key', () => {
    const answer = linearizable(
      [
        { client: 'a', op: { kind: 'put', key: 'x', value: 1 }, invoked: 1, completed: 1 },
        { client: 'a', op: { kind: 'get', key: 'y' }, result: 1, invoked: 2, completed: 3 },
      ],
      models.keyValue(),
    );
    expect(answer).toMatchObject({ kind: 'violated', part: [{ op: { key: 'y' } }], around: [] });
    expect(answer.kind === 'violated' && answer.sentence).toContain('(key "y")');
  });

  test('needs what is left of it', () => {
    const history = [write('a', 1, 1, 1), read('b', 2, 2, 2), read('c', 1, 3, 3)];
    expect(linearizable(history, models.register())).toMatchObject({ part: [history[1]], around: [] });
  });
});

describe('one tick of one client', () => {
  const at = (it: Operation, ...turns: number[]): Operation => ({ ...it, turns });

  test('is in order as far as turns tell', () => {
    const told = [at(write('a', 1, 1, 2), 0, 1), at(read('a', null, 2, 3), 2, 3)];
    expect(linearizable(told, models.register()).kind).toBe('violated');
    const asked = [at(write('a', 1, 1, 2), 0, 2), at(read('a', null, 2, 3), 1, 3)];
    expect(linearizable(asked, models.register()).kind).toBe('holds');
    expect(() => linearizable([{ ...write('a', 1, 1), turns: 'x' as never }], models.register())).toThrow("'turns' is");
  });
});

describe('limits', () => {
  test('of length and of steps are errors that say what to do', () => {
    const long = Array.from({ length: 1_001 }, (_, i) => write('a', i, i + 1, i + 1));
    expect(() => linearizable(long, models.register())).toThrow('1001 operations are more than 1000');
    expect(linearizable(long, models.register(), { operations: 2_000 })).toEqual({ kind: 'holds' });
    const wide = Array.from({ length: 20 }, (_, i) => write(`${i}`, i, 1, 9)).concat(read('r', 99, 2, 3));
    expect(() => linearizable(wide, models.register(), { steps: 10_000 })).toThrow(/no answer after 10000 steps/);
  });

  test('what is no history is said to be none', () => {
    expect(() => linearizable([write('a', 1, 3, 2)], models.register())).toThrow(
      "linearizable: operation 1 of the history: 'completed' is before 'invoked'",
    );
    expect(() =>
      linearizable([{ client: 'a', op: { kind: 'pop' }, invoked: 1 }, read('a', 1, 2, 2)], models.queue()),
    ).toThrow('{"kind":"pop"} is no operation of a queue; its kinds are enqueue, dequeue');
    expect(() => monotonicReads([{ client: 'a', op: 'get', invoked: 1 }])).toThrow("say with 'access' what it does");
  });
});
