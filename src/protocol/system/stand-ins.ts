/**
 * What stands in the place of the clock, chance and timers while code of a node runs, by the names that guards know.
 *
 * What is not here and would make runs differ, or reach outside, is refused.
 */
import type { LdfiError } from '../../core/invariant.js';
import { type AnyFunction, NOW, type StandIns } from '../guards/guarded-functions.js';
import { Life } from './life.js';
import { promised } from './promised-timers.js';
import { enter } from './running.js';

/** When virtual time begins, in milliseconds since 1970: the first moment of the year 2000. */
const EPOCH = 946_684_800_000;

/** What a thread refuses itself. */
const LET_THROUGH = new Set(['process.kill']);

const END = 'throw an error for what must never happen';
const MACHINE = 'it differs from process to process';

const REFUSED: Readonly<Record<string, string>> = {
  'process.exit': END,
  'process.abort': END,
  'process.reallyExit': END,
};

/** Stand-ins by name: each is called as the function would be. */
type Table = Readonly<Record<string, (life: Life, ...args: never[]) => unknown>>;

const call = (run: unknown, args: unknown[]): (() => void) => {
  if (typeof run !== 'function') throw new TypeError('The "callback" argument must be of type function.');
  return () => void Reflect.apply(run, undefined, args);
};

const now = (life: Life): number => EPOCH + life.timers.now;
const nanoseconds = (life: Life): bigint => BigInt(life.timers.now) * 1_000_000n;

const timers: Table = {
  setTimeout: (life, run: unknown, delay: unknown, ...args: unknown[]) =>
    life.timers.after(call(run, args), delay, false),
  setInterval: (life, run: unknown, delay: unknown, ...args: unknown[]) =>
    life.timers.after(call(run, args), delay, true),
  setImmediate: (life, run: unknown, ...args: unknown[]) => life.timers.next(call(run, args)),
  clearTimeout: (life, timer: unknown) => life.timers.clear(timer),
  clearInterval: (life, timer: unknown) => life.timers.clear(timer),
  clearImmediate: (life, timer: unknown) => life.timers.clear(timer),
  queueMicrotask: (life, run: unknown) => {
    const work = call(run, []);
    void Promise.resolve()
      .then(work)
      .catch((error: unknown) => life.fail(error));
  },
  'AbortSignal.timeout': (life, delay: unknown) => {
    const controller = new AbortController();
    const reason = (): unknown => new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    life.timers.after(() => controller.abort(reason()), delay, false);
    return controller.signal;
  },
};

const clock: Table = {
  [NOW]: now,
  'performance.now': ({ timers }) => timers.now,
  'performance.timeOrigin': () => EPOCH,
  'Event.prototype.timeStamp': ({ timers }) => timers.now,
  'process.uptime': ({ timers }) => timers.now / 1_000,
  'process.hrtime': (life, since: unknown) => {
    const [seconds, rest] = Array.isArray(since) ? (since as number[]) : [0, 0];
    const past = nanoseconds(life) - BigInt(seconds ?? 0) * 1_000_000_000n - BigInt(rest ?? 0);
    return [Number(past / 1_000_000_000n), Number(past % 1_000_000_000n)];
  },
  'process.hrtime.bigint': nanoseconds,
  'process.pid': () => 1,
  'process.ppid': () => 0,
};

const filled = <T extends ArrayBufferView>({ chance }: Life, view: T): T => {
  chance.fill(view);
  return view;
};

type Told = (error: null, value: unknown) => void;

/** In Node these have a form that calls back. */
const orLater = (life: Life, value: unknown, told: unknown): unknown => {
  if (typeof told !== 'function') return value;
  life.timers.next(() => (told as Told)(null, value));
  return undefined;
};

const chance: Table = {
  'Math.random': ({ chance }) => chance.number(),
  'crypto.randomUUID': ({ chance }) => chance.uuid(),
  'crypto.getRandomValues': filled,
  'randomUUID of node:crypto': ({ chance }) => chance.uuid(),
  'randomFillSync of node:crypto': (life, view: ArrayBufferView, offset?: number, size?: number) => {
    life.chance.fill(view, offset, size);
    return view;
  },
  'randomFill of node:crypto': (life, view: ArrayBufferView, ...rest: unknown[]) => {
    const [offset, size] = rest.filter((one) => typeof one === 'number');
    life.chance.fill(view, offset, size);
    return orLater(life, view, rest.at(-1));
  },
  'randomBytes of node:crypto': (life, size: number, told: unknown) =>
    orLater(life, filled(life, bufferOf(size)), told),
  'randomInt of node:crypto': (life, ...args: unknown[]) => {
    const [first = 0, second] = args.filter((one) => typeof one === 'number');
    const value = second === undefined ? life.chance.integer(0, first) : life.chance.integer(first, second);
    return orLater(life, value, args.at(-1));
  },
};

/** As Node gives bytes. */
function bufferOf(size: number): Uint8Array {
  const { Buffer } = globalThis as unknown as { Buffer?: { alloc(size: number): Uint8Array } };
  return Buffer?.alloc(size) ?? new Uint8Array(size);
}

const network: Table = { fetch: (life, ...args: Parameters<typeof fetch>) => life.fetch?.(...args) };

const TABLE: Table = { ...timers, ...promised, ...clock, ...chance, ...network };

const bound = new Map<string, AnyFunction>();

function boundTo(name: string): AnyFunction | undefined {
  const known = bound.get(name);
  if (known) return known;
  const stand = Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
  if (!stand) return undefined;
  const found: AnyFunction = (...args) => stand(enter.current as Life, ...(args as never[]));
  bound.set(name, found);
  return found;
}

/** Other names for what is known: Node has the same functions in several places. */
const sameAs = (said: string): string => (TABLE[said] ? said : said.replace(/ of node:timers$/, ''));

export const standIns: StandIns = (said, real) => {
  const { current } = enter;
  if (!(current instanceof Life) || LET_THROUGH.has(said)) return undefined;
  // Of formats, which are told no date.
  if (said === 'the current date')
    return function (this: unknown) {
      return Reflect.apply(real as AnyFunction, this, [now(current)]);
    };
  if (said === 'process.nextTick') return nextTick(current, real as AnyFunction);
  const stand = boundTo(sameAs(said));
  if (stand) return stand;
  const instead = REFUSED[said] ?? MACHINE;
  throw refused(current, said, instead);
};

/** It throws into no arms but ours: Node's own bookkeeping does not survive what goes past it. */
function nextTick(life: Life, real: AnyFunction): AnyFunction {
  return (work, ...args) => {
    const run = call(work, args);
    return Reflect.apply(real, undefined, [
      () => {
        try {
          run();
        } catch (error) {
          life.fail(error);
        }
      },
    ]);
  };
}

function refused(life: Life, said: string, instead: string): LdfiError {
  try {
    return life.refuse('impure-handler', `${said} was used: ${instead}`);
  } catch (error) {
    return error as LdfiError;
  }
}
