/**
 * Guards: while handlers run, what would make a run differ from the next one is out of reach, and says what to use instead.
 *
 * The functions are replaced for the length of a synchronous call and put back before it returns, so nothing else ever sees it. What a
 * handler could reach by other ways (a builtin imported by name, a module's own variables) is found by the audit of its transitions.
 */

/** A handler reached for something that would make runs differ. */
export class Impure extends Error {
  constructor(readonly problem: string) {
    super(problem);
    this.name = 'Impure';
  }
}

const CLOCK = 'handlers see no clock. Count ticks with ctx.setTimer or ctx.setPeriodic';
const CHANCE = 'runs must be repeatable. Use ctx.random()';
const LATER = 'handlers run to completion. Use ctx.setTimer';
const OUTSIDE = 'handlers reach nothing but ctx. Send a message to a node that stands for the outside';

type Holder = Record<string, unknown>;

/** Global functions out of reach: who holds them, their name, how one calls them, and what to do instead. */
const FORBIDDEN: readonly (readonly [holder: string | undefined, name: string, instead: string])[] = [
  ['Math', 'random', CHANCE],
  ['crypto', 'randomUUID', CHANCE],
  ['crypto', 'getRandomValues', CHANCE],
  ['performance', 'now', CLOCK],
  ['process', 'hrtime', CLOCK],
  ['process', 'uptime', CLOCK],
  ['process', 'nextTick', LATER],
  [undefined, 'setTimeout', LATER],
  [undefined, 'setInterval', LATER],
  [undefined, 'setImmediate', LATER],
  [undefined, 'queueMicrotask', LATER],
  [undefined, 'fetch', OUTSIDE],
];

/** A property to be replaced by plain assignment, which is quick: where it really is, what it is, and what takes its place. */
interface Replacement {
  readonly holder: Holder;
  readonly name: string;
  readonly fake: unknown;
  real: unknown;
}

let prepared: readonly Replacement[] | undefined;

function prepare(): readonly Replacement[] {
  const all = globalThis as unknown as Holder;
  const found = FORBIDDEN.flatMap(([from, name, instead]): Replacement[] => {
    let holder = (from === undefined ? all : all[from]) as Holder | null | undefined;
    while (holder && !Object.hasOwn(holder, name)) holder = Object.getPrototypeOf(holder) as Holder | null;
    const said = from === undefined ? name : `${from}.${name}`;
    if (!holder || !Object.getOwnPropertyDescriptor(holder, name)?.writable) return [];
    return [{ holder, name, fake: refusal(said, instead), real: undefined }];
  });
  const date = dateWithoutClock();
  return [
    ...found,
    { holder: all, name: 'Date', fake: date, real: undefined },
    // Any date leads to it.
    {
      holder: (all.Date as { prototype: unknown }).prototype as unknown as Holder,
      name: 'constructor',
      fake: date,
      real: undefined,
    },
  ];
}

/** A function that complains, and so do the functions that it holds (`process.hrtime.bigint`). */
const refusal = (said: string, instead: string): unknown =>
  new Proxy(() => complain(said, instead), {
    get: (_, name) => (typeof name === 'symbol' ? undefined : () => complain(`${said}.${name}`, instead)),
  });

/** Puts back what the guarded call under way replaced. Only the outermost one of nested calls replaces. */
let restore: (() => void) | undefined;
/** What a handler reached for in the guarded call under way, even if it caught the error. */
let caught: Impure | undefined;

/** Calls `work` with the guards up. What it throws comes through. */
export function guarded<T>(work: () => T): T {
  if (restore) return work();
  restore = replaceAll();
  try {
    return work();
  } finally {
    release();
  }
}

/** Takes the guards down. For work that was stopped from outside, which skips every `finally`. */
export function release(): void {
  restore?.();
  restore = undefined;
}

/** What a handler has reached for since it was last asked, whether or not it caught the error. */
export function takeImpurity(): Impure | undefined {
  const found = caught;
  caught = undefined;
  return found;
}

function complain(said: string, instead: string): never {
  caught ??= new Impure(`${said} was used: ${instead}`);
  throw caught;
}

/** Puts the fakes in place. A test suite may have replaced a function itself since the last time, so it is looked up anew. */
function replaceAll(): () => void {
  caught = undefined;
  prepared ??= prepare();
  const replaced = prepared;
  for (const it of replaced) {
    it.real = it.holder[it.name];
    it.holder[it.name] = it.fake;
  }
  return () => {
    for (const { holder, name, real } of replaced) holder[name] = real;
  };
}

/** `new Date(2026, 1)` is a computation; `new Date()`, `Date()` and `Date.now()` look at the clock. */
function dateWithoutClock(): unknown {
  const asked = (): never => complain('the current date', CLOCK);
  return new Proxy((globalThis as unknown as Holder).Date as DateConstructor, {
    apply: asked,
    construct: (target, args, self) => (args.length === 0 ? asked() : Reflect.construct(target, args, self)),
    get: (target, name) => (name === 'now' ? asked : Reflect.get(target, name)),
  });
}
