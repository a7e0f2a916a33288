/**
 * Where the gates stand: each in the place of a function that is out of a handler's reach, from the first protocol on.
 */
import { FORBIDDEN, TODAY } from './forbidden.js';
import { type AnyFunction, builtin, gate, gatedDate, gatedProperty, type Holder, isGate, passage } from './gates.js';

/** A place in which a test suite may put a function of its own, which is then gated as well, for as long as handlers run. */
export interface Place {
  readonly holder: Holder;
  readonly name: string;
  readonly gated: (own: AnyFunction) => unknown;
}

const all = globalThis as unknown as Holder;
const places: Place[] = [];
let stands = false;
let gatedConsole: unknown;

/** Puts the gates in their places, once. What was imported by name from a module of Node's is replaced, too. */
export function putGates(): void {
  if (stands) return;
  stands = true;
  for (const [from, names, instead] of FORBIDDEN) for (const name of names.split(' ')) putGate(from, name, instead);
  putDateGates();
  (builtin('node:module')?.syncBuiltinESMExports as (() => void) | undefined)?.();
}

/** The places, with the gates in them, but for what a test suite did. A console is given its gates when it is seen first. */
export function gatePlaces(): readonly Place[] {
  putGates();
  if (gatedConsole !== all.console) putConsoleGates();
  return places;
}

function putGate(from: string, name: string, instead: string): void {
  const isModule = from.startsWith('node:');
  const holder = ownerOf(isModule ? builtin(from) : below(all, from), name);
  const own = holder && Object.getOwnPropertyDescriptor(holder, name);
  if (!own) return;
  const said = isModule ? `${name} of ${from}` : [...(from === '' ? [] : [from]), name].join('.');
  if (own.writable && typeof own.value === 'function')
    put({ holder, name, gated: (real) => gate(real, said, instead) }, !isModule);
  else if (own.configurable && !isGate(own.get)) Object.defineProperty(holder, name, gatedProperty(own, said, instead));
}

function put(place: Place, watched: boolean): void {
  const { holder, name, gated } = place;
  if (!isGate(holder[name])) holder[name] = gated(holder[name] as AnyFunction);
  if (watched) places.push(place);
}

function putDateGates(): void {
  put({ holder: all, name: 'Date', gated: (real) => gatedDate(real as unknown as DateConstructor, ...TODAY) }, true);
  // Any date leads to it.
  const { prototype } = all.Date as { prototype: Holder };
  Object.assign(prototype, { constructor: all.Date });
  const formats = Intl.DateTimeFormat.prototype as unknown as Holder;
  // Without a date they take the current one.
  const dateless = ([date]: unknown[]): boolean => date === undefined;
  const toParts = (real: AnyFunction): unknown => gate(real, ...TODAY, dateless);
  put({ holder: formats, name: 'formatToParts', gated: toParts }, false);
  const own = Object.getOwnPropertyDescriptor(formats, 'format') as PropertyDescriptor;
  Object.defineProperty(formats, 'format', {
    ...own,
    get(this: unknown): unknown {
      return gate(own.get?.call(this) as AnyFunction, ...TODAY, dateless);
    },
  });
}

/** What handlers print is for people who look for a mistake; printing takes timers and clocks. */
function putConsoleGates(): void {
  gatedConsole = all.console;
  if (typeof gatedConsole !== 'object' || gatedConsole === null) return;
  const console = gatedConsole as Holder;
  for (const name of Object.keys(console))
    if (typeof console[name] === 'function' && !isGate(console[name]))
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
