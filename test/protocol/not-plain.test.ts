import { describe, expect, test } from 'vitest';
import { type Ctx, complaint, found, type Loose, onMessage, WHERE } from './cheats.js';

describe('what is not plain data', () => {
  const cycle: Loose = { a: 1 };
  cycle.self = cycle;
  const twin = { a: 1 };
  const shared = new Uint8Array(2);
  class Account {
    balance = 1;
  }
  const values: Record<string, readonly [value: Loose, said: RegExp]> = {
    'a function': [{ f: () => 1 }, /\.f.* is a function/],
    'an instance of a class': [
      { account: new Account() },
      /\.account.* is an instance of class Account: use a plain object/,
    ],
    'a date': [{ at: new Date(0) }, /\.at.* is a Date: keep a number of ticks/],
    'a symbol': [{ s: Symbol('x') }, /\.s.* is a symbol: use a string/],
    'a key that is a symbol': [{ [Symbol('x')]: 1 }, /has a symbol as a key/],
    'an alias': [{ one: twin, two: twin }, /\.two.* stands in two places: copy it/],
    'an alias in a Map': [{ one: twin, two: new Map([['k', twin]]) }, /stands in two places: copy it/],
    'a cycle': [cycle, /\.self.* stands in two places/],
    'a getter': [Object.defineProperty({}, 'x', { get: () => 1, enumerable: true }), /\.x.* is a getter/],
    'a hidden property': [Object.defineProperty({}, 'x', { value: 1 }), /hidden/],
    'a promise': [{ p: Promise.resolve() }, /\.p.* is a promise/],
    'a typed array of other numbers': [{ b: new Uint16Array(2) }, /\.b.* is a Uint16Array: of byte arrays only/],
    'a view of bytes': [{ b: new DataView(new ArrayBuffer(2)) }, /\.b.* is a DataView: of byte arrays only/],
    'a Buffer': [{ b: Buffer.from([1]) }, /\.b.* is a Buffer.*: use new Uint8Array/],
    'bytes that threads share': [{ b: new Uint8Array(new SharedArrayBuffer(2)) }, /\.b.* memory that threads share/],
    'bytes in two places': [
      { a: shared, b: new Uint8Array(shared.buffer) },
      /\.b.* is over a buffer that stands in two places/,
    ],
    'bytes with a property': [{ b: Object.assign(new Uint8Array(1), { k: 1 }) }, /\.b.* with properties of its own/],
    'an array with holes': [{ b: new Array(2) }, /\.b.* is an array with holes/],
    'an array with a hole and a property': [
      { b: Object.assign(new Array(1).concat([1]), { k: 1 }) },
      /\.b.* is an array with holes or with properties of its own/,
    ],
    'an array with a symbol': [{ b: Object.assign([1], { [Symbol('x')]: 1 }) }, /\.b.* with properties of its own/],
    'a Map with a property': [
      { m: Object.assign(new Map(), { k: 1 }) },
      /\.m.* is a Map with properties of its own: put them into an object/,
    ],
    'a Set with a hidden property': [
      { m: Object.defineProperty(new Set(), 'k', { value: 1 }) },
      /\.m.* is a Set with properties of its own/,
    ],
    'a subclass of Map': [{ m: new (class Table extends Map {})() }, /\.m.* is an instance of class Table/],
    'a subclass of Array': [{ l: new (class Log extends Array {})() }, /\.l.* is an instance of class Log/],
    'a regular expression': [{ r: /x/ }, /\.r.* is a regular expression/],
    'an error': [{ e: new Error('x') }, /\.e.* is an Error/],
  };
  for (const [name, [value, said]] of Object.entries(values)) {
    test(`${name}: in a state, a message, a fact`, async () => {
      const state = await complaint(
        onMessage((ctx) => {
          ctx.state = { value };
        }),
      );
      const message = await complaint(onMessage((ctx) => ctx.send('a', value)));
      const fact = await complaint(onMessage((ctx) => ctx.log(value)));
      for (const words of [state, message, fact]) {
        expect(words).toMatch(/^not-plain: /);
        expect(words).toMatch(WHERE);
        expect(words).toMatch(said);
      }
      expect(state).toContain('ctx.state');
      expect(message).toContain('the message');
      expect(fact).toContain('the fact');
    });
  }

  for (const [how, send] of [
    ['sent', (ctx: Ctx, message: object) => ctx.send('a', message)],
    ['broadcast', (ctx: Ctx, message: object) => ctx.broadcast(message)],
  ] as const)
    test(`a message that is changed after it was ${how}`, async () => {
      const words = await complaint(
        onMessage((ctx) => {
          const message = { list: [1] };
          send(ctx, message);
          message.list.push(2);
        }),
      );
      expect(words).toMatch(/^not-plain: .*a message was changed after it was sent .*send a copy/);
      expect(words).toMatch(WHERE);
    });

  test('the state of a run that learns nothing', async () => {
    const words = await complaint(
      onMessage((ctx) => {
        ctx.state = new Account();
      }),
      'run',
    );
    expect(words).toMatch(/^not-plain: .*is an instance of class Account/);
  });

  test('what a receiver does to a message stays with it', async () => {
    const kept: Loose[] = [];
    const { verdict } = await found({
      actor: () => ({
        onTimer: (ctx: Ctx) => ctx.broadcast({ list: [] }),
        onMessage: (ctx: Ctx, _from: string, message: Loose) => {
          message.list.push(1);
          ctx.state.n = message.list.length;
        },
      }),
      check: (world) => {
        kept.push(world.state('b').n);
        return 'holds';
      },
    });
    expect(verdict?.kind).toBe('holds');
    expect(Math.max(...kept)).toBe(1);
  });
});

describe('what does not end', () => {
  test('a loop in a handler', async () => {
    const words = await complaint(
      onMessage(() => {
        for (;;);
      }),
    );
    expect(words).toMatch(/^runaway-handler: .*did not return within 500 ms/);
    expect(words).toMatch(WHERE);
  });

  test('a loop that sends', async () => {
    const words = await complaint(
      onMessage((ctx) => {
        for (;;) ctx.send('a', 1);
      }),
    );
    expect(words).toMatch(/^runaway-handler: .*does it loop for ever/);
    expect(words).toMatch(WHERE);
  });

  test('a loop that sends and catches the refusal', async () => {
    const words = await complaint(
      onMessage((ctx) => {
        for (;;)
          try {
            ctx.send('a', 1);
          } catch {}
      }),
    );
    expect(words).toMatch(/^runaway-handler: /);
  });

  test('a loop where whole runs are the lineage', async () => {
    const words = await complaint(
      onMessage(() => {
        for (;;);
      }),
      'run',
    );
    expect(words).toMatch(/^runaway-handler: /);
    expect(words).toMatch(WHERE);
  });

  test('a loop in the check', async () => {
    const words = await complaint({
      check: () => {
        for (;;);
      },
    });
    expect(words).toMatch(/^runaway-handler: the check/);
  });

  test('a state that grows without end', async () => {
    const words = await complaint({
      actor: () => ({
        onTimer: (ctx: Ctx) => {
          ctx.state.log = ['x'.repeat(1_100_000), {}];
        },
      }),
    });
    expect(words).toMatch(/^not-plain: .*is larger than/);
  });
});
