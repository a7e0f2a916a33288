/**
 * Guards: functions that stand in the place of others for good, and let everything through as long as no handler runs.
 *
 * They stay, because a module may keep a function for itself before any handler runs (`const { random } = Math`): what
 * it keeps is then the guard. Invariant: nobody can tell a guard from the function behind it but by calling it while
 * handlers run.
 */

/** Complains of a use, by throwing. */
export type Complain = (said: string, instead: string) => never;

/**
 * What a virtual world has in the place of a function, or of what a property gives, by the name in which it would be
 * complained of; undefined lets it through. It throws for what is not to be had.
 */
export type StandIns = (said: string, real: unknown) => AnyFunction | undefined;

/** What all copies of this package in a process share, lest one guard is put before another. */
interface Shared {
  /** Undefined while no handler runs. */
  complain: Complain | undefined;
  /** Undefined while no code runs in a virtual world. */
  standIns?: StandIns | undefined;
  readonly guards: WeakSet<object>;
}

/** Whatever has functions as properties. */
export type Holder = Record<PropertyKey, unknown>;
export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** A module of Node's, by an import that needs no loader; undefined where there is none. */
export function builtin(name: string): Holder | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => Holder | undefined } };
  return process?.getBuiltinModule?.(name);
}

/**
 * On a module of Node's, which is one in all realms of a thread: some test runners give every test file a realm of its
 * own.
 */
function sharedState(): Shared {
  const place = builtin('node:timers') ?? (globalThis as unknown as Holder);
  const key = Symbol.for('ldfi.guards');
  place[key] ??= { complain: undefined, guards: new WeakSet() } satisfies Shared;
  return place[key] as Shared;
}

const shared = sharedState();

/** Closes all guards: from now on each use is complained of. */
export function close(complain: Complain): void {
  shared.complain = complain;
}

/** Whether code of a protocol runs, and not what it prints with. */
export const isClosed = (): boolean => shared.complain !== undefined;

export function open(): void {
  shared.complain = undefined;
}

/** From now on the functions of a virtual world stand in the place of the guarded ones; undefined: no longer. */
export function standIn(standIns: StandIns | undefined): void {
  shared.standIns = standIns;
}

/** Whether code runs in a virtual world, and not what it prints with. */
export const isInWorld = (): boolean => shared.standIns !== undefined;

/** Whether it is a guard, also one of another copy of this package. */
export const isGuarded = (value: unknown): boolean =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') && shared.guards.has(value);

function kept<T extends object>(made: T): T {
  shared.guards.add(made);
  return made;
}

/** Each function has one guard, whatever it is called; a guard has none. */
const made = new WeakMap<object, object>();

function madeOnce<T extends object>(real: T, make: () => T): T {
  if (isGuarded(real)) return real;
  let found = made.get(real);
  if (!found) {
    found = kept(make());
    made.set(real, found);
  }
  return found as T;
}

/** A guard that complains of nothing: there is something else in its place only in a virtual world. */
export const replaceableOf = <T extends AnyFunction>(real: T, said: string): T =>
  madeOnce(
    real,
    () =>
      new Proxy(real, {
        apply: (target, self, args) => Reflect.apply(shared.standIns?.(said, target) ?? target, self, args),
      }),
  );

/** @param counts whether a call with these arguments is one to complain of */
export function guardOf<T extends AnyFunction>(
  real: T,
  said: string,
  instead: string,
  counts = (_: unknown[]) => true,
): T {
  return madeOnce(
    real,
    () =>
      new Proxy(real, {
        apply(target, self, args) {
          if (shared.standIns && counts(args))
            return Reflect.apply(shared.standIns(said, target) ?? target, self, args);
          if (shared.complain && counts(args)) shared.complain(said, instead);
          return Reflect.apply(target, self, args);
        },
      }),
  );
}

/** The same for a property that is no function, or has a getter: reading it is the use. */
export function guardedProperty(own: PropertyDescriptor, said: string, instead: string): PropertyDescriptor {
  const { value, writable: _, ...others } = own;
  return {
    ...others,
    get: kept(function (this: unknown): unknown {
      const stand = shared.standIns?.(said, value);
      if (stand) return stand.call(this);
      shared.complain?.(said, instead);
      return own.get ? own.get.call(this) : value;
    }),
  };
}

/** The name of the clock for stand-ins. */
export const NOW = 'Date.now';

/** `new Date(2026, 1)` is a computation; `new Date()`, `Date()` and `Date.now()` look at the clock. */
export function guardedDate(real: DateConstructor, said: string, instead: string): DateConstructor {
  const asked = (): void => void shared.complain?.(said, instead);
  /** Milliseconds since 1970 in the virtual world, if there is one. */
  const virtual = (): number | undefined => shared.standIns?.(NOW, real.now)?.() as number | undefined;
  const guarded = (now: AnyFunction): AnyFunction =>
    madeOnce(
      now,
      () =>
        new Proxy(now, {
          apply(target, self) {
            const today = virtual();
            if (today !== undefined) return today;
            asked();
            return Reflect.apply(target, self, []);
          },
        }),
    );
  return madeOnce(
    real,
    () =>
      new Proxy(real, {
        apply(target) {
          const today = virtual();
          if (today !== undefined) return new target(today).toString();
          asked();
          return target();
        },
        construct(target, args, self) {
          const today = args.length === 0 ? virtual() : undefined;
          if (today !== undefined) return Reflect.construct(target, [today], self);
          if (args.length === 0) asked();
          return Reflect.construct(target, args, self);
        },
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          return name === 'now' ? guarded(value as AnyFunction) : value;
        },
      }),
  );
}

/** A function during whose calls the guards are open, whoever calls it: what it does is seen by nobody but people. */
export function passage<T extends AnyFunction>(real: T): T {
  return madeOnce(
    real,
    () =>
      new Proxy(real, {
        apply(target, self, args) {
          const { complain, standIns } = shared;
          shared.complain = undefined;
          shared.standIns = undefined;
          try {
            return Reflect.apply(target, self, args);
          } finally {
            shared.complain = complain;
            shared.standIns = standIns;
          }
        },
      }),
  );
}

/** A console whose functions are passages. */
export function guardedConsole(real: object): object {
  return madeOnce(
    real,
    () =>
      new Proxy(real, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? passage(value as AnyFunction) : value;
        },
      }),
  );
}
