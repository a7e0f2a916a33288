/**
 * Where the guards stand: each in the place of a function that is out of a handler's reach.
 *
 * In a process that is there for testing (the command line, a test suite that imports `ldfi/vitest` or `ldfi/jest`)
 * they stand for good, so that also what a module keeps for itself is a guard. Elsewhere nothing is touched but for the
 * length of a call.
 */
import { FORBIDDEN, REPLACEABLE, TODAY } from './forbidden.js';
import {
  type AnyFunction,
  builtin,
  guardedConsole,
  guardedDate,
  guardedProperty,
  guardOf,
  type Holder,
  isGuarded,
  passage,
  replaceableOf,
} from './guarded-functions.js';

/**
 * A place of a guard that is looked at before every call: there may be none, or a test suite may have put something of
 * its own there.
 */
export interface Place {
  readonly holder: Holder;
  readonly name: string;
  /** What stands there while handlers run. */
  readonly guardFor: (own: unknown) => unknown;
}

const all = globalThis as unknown as Holder;
let places: readonly Place[] | undefined;
let stands = false;
let seenConsole: unknown;

/**
 * Puts the guards in their places for good, once. What was imported by name from a module of Node's is replaced, too.
 */
export function installGuards(): void {
  if (stands) return;
  stands = true;
  for (const { holder, name, guardFor } of guardedPlaces())
    if (name !== 'console') holder[name] = guardFor(holder[name]);
  for (const [from, names, instead] of FORBIDDEN) for (const name of names.split(' ')) guardOne(from, name, instead);
  for (const [from, names] of REPLACEABLE)
    for (const name of names.split(' ')) {
      const holder = from === '' ? all : builtin(from);
      if (holder && !isGuarded(holder[name])) holder[name] = replaceableOf(holder[name] as AnyFunction, name);
    }
  guardDateFormats();
  (builtin('node:module')?.syncBuiltinESMExports as (() => void) | undefined)?.();
}

/** The places of functions that anyone may replace. */
export function guardedPlaces(): readonly Place[] {
  places ??= replaceable();
  if (stands && seenConsole !== all.console) guardConsole();
  return places;
}

function replaceable(): Place[] {
  const found = FORBIDDEN.flatMap(([from, names, instead]) =>
    from.startsWith('node:')
      ? []
      : names.split(' ').flatMap((name): Place[] => {
          const holder = ownerOf(below(all, from), name);
          const own = holder && Object.getOwnPropertyDescriptor(holder, name);
          if (!holder || !own?.writable || typeof own.value !== 'function') return [];
          const said = [...(from === '' ? [] : [from]), name].join('.');
          return [{ holder, name, guardFor: (real) => guardOf(real as AnyFunction, said, instead) }];
        }),
  );
  const guardFor = (real: unknown): unknown => guardedDate(real as DateConstructor, ...TODAY);
  // Any date leads to it.
  const { prototype } = all.Date as { prototype: Holder };
  return [
    ...found,
    { holder: all, name: 'Date', guardFor },
    { holder: prototype, name: 'constructor', guardFor },
    { holder: all, name: 'console', guardFor: (real) => guardedConsole(real as object) },
  ];
}

/** What is not among the places: functions of Node's modules, and properties that are no functions. */
function guardOne(from: string, name: string, instead: string): void {
  const isModule = from.startsWith('node:');
  const holder = ownerOf(isModule ? builtin(from) : below(all, from), name);
  const own = holder && Object.getOwnPropertyDescriptor(holder, name);
  if (!own || isGuarded(own.value) || isGuarded(own.get)) return;
  const said = isModule ? `${name} of ${from}` : [...(from === '' ? [] : [from]), name].join('.');
  if (own.writable && typeof own.value === 'function') holder[name] = guardOf(own.value as AnyFunction, said, instead);
  else if (own.configurable) Object.defineProperty(holder, name, guardedProperty(own, said, instead));
}

function guardDateFormats(): void {
  const formats = Intl.DateTimeFormat.prototype as unknown as Holder;
  // Without a date they take the current one.
  const dateless = ([date]: unknown[]): boolean => date === undefined;
  formats.formatToParts = guardOf(formats.formatToParts as AnyFunction, ...TODAY, dateless);
  const own = Object.getOwnPropertyDescriptor(formats, 'format') as PropertyDescriptor;
  Object.defineProperty(formats, 'format', {
    ...own,
    get(this: unknown): unknown {
      return guardOf(own.get?.call(this) as AnyFunction, ...TODAY, dateless);
    },
  });
}

/** What handlers print is for people who look for a mistake; printing takes timers and clocks. */
function guardConsole(): void {
  seenConsole = all.console;
  if (typeof seenConsole !== 'object' || seenConsole === null) return;
  const console = seenConsole as Holder;
  for (const name of Object.keys(console))
    if (typeof console[name] === 'function' && !isGuarded(console[name]))
      console[name] = passage(console[name] as AnyFunction);
}

/** Whoever has the property itself, from `holder` up. */
function ownerOf(holder: Holder | undefined, name: string): Holder | undefined {
  let owner: Holder | null | undefined = holder;
  while (owner && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner) as Holder | null;
  return owner ?? undefined;
}

/** `process.hrtime` from the global object. */
function below(holder: Holder, way: string): Holder | undefined {
  if (way === '') return holder;
  return way.split('.').reduce<Holder | undefined>((at, step) => at?.[step] as Holder | undefined, holder);
}
