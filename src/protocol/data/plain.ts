/**
 * Plain data: the only thing that states, messages and logged facts may be made of, so that they can be copied,
 * compared and kept.
 *
 * A value is taken in one pass that copies it and refuses whatever is not plain, with the path to it. What was taken is
 * trusted from then on: its text (`plain-text.ts`), copies of the copy and comparisons look at nothing twice.
 */
import { isIdentifier } from '../../core/names.js';
import { noteFrozen, parsePlain, setOwn, textOf, wasFrozen } from './plain-text.js';

/** What a value holds that is not plain data, where, and what to use instead. */
export class NotPlain extends Error {
  constructor(
    /** As in code: `.peers[2]`; empty for the value itself. */
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path === '' ? 'it' : path} ${problem}`);
    this.name = 'NotPlain';
  }
}

const UNREAD = Symbol('known by its text only');

/**
 * A value as it was when it was taken, and its canonical text; each is made from the other when somebody asks for it.
 */
export class Snapshot<T = unknown> {
  private constructor(
    private held: T | typeof UNREAD,
    private written: string | undefined,
  ) {}

  /** @param copy plain data that nobody changes any more */
  static of<T>(copy: T): Snapshot<T> {
    return new Snapshot(copy, undefined);
  }

  /** @param text one that `textOf` wrote; to be read when the value is asked for */
  static fromText(text: string): Snapshot {
    return new Snapshot<unknown>(UNREAD, text);
  }

  get text(): string {
    this.written ??= textOf(this.held);
    return this.written;
  }

  /** Shares no object with the value that was taken. */
  get copy(): T {
    if (this.held === UNREAD) this.held = parsePlain(this.written ?? '') as T;
    return this.held as T;
  }
}

/**
 * Takes plain data as it is now.
 * @param asIs for data that stays with its node: what is frozen stays frozen, because handlers can tell
 * @throws NotPlain for functions, symbols, class instances, dates, promises, accessors, holes, cycles, aliases, and
 * values too deep or too large
 */
export const snapshot = <T>(value: T, asIs = false): Snapshot<T> => Snapshot.of(new Copier(asIs).copy(value) as T);

/** Deepest nesting; most characters of strings and keys, and values, together. */
const LIMITS = { depth: 100, size: 1_000_000 };

/** So many objects are looked for in a list, more in a Set. */
const FEW = 32;

type Path = (string | number)[];

class Copier {
  /** Where the pass is, from the value down. */
  private readonly path: Path = [];
  private readonly few: object[] = [];
  private many: Set<object> | undefined;
  private size = 0;

  constructor(private readonly asIs: boolean) {}

  copy(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return this.primitive(value);
    this.grow(1);
    if (this.wasSeen(value))
      this.fail('is an object that stands in two places: copy it, so that a change in one place stays there');
    if (this.path.length > LIMITS.depth) this.fail(`is nested deeper than ${LIMITS.depth} levels`, 5);
    if (!this.asIs || Object.isExtensible(value)) return this.thing(value);
    if (!Object.isFrozen(value)) this.fail('is sealed: freeze it, or leave it open');
    return noteFrozen(this.thing(value));
  }

  private primitive(value: unknown): unknown {
    if (typeof value === 'string') this.grow(value.length);
    else if (typeof value === 'function')
      this.fail('is a function: keep data, and decide in the handler what to do with it');
    else if (typeof value === 'symbol') this.fail('is a symbol: use a string');
    return value;
  }

  private grow(characters: number): void {
    this.size += characters;
    if (this.size > LIMITS.size) throw new NotPlain('', `is larger than ${LIMITS.size} characters: keep less in it`);
  }

  private wasSeen(value: object): boolean {
    if (this.many) {
      if (this.many.has(value)) return true;
      this.many.add(value);
      return false;
    }
    if (this.few.includes(value)) return true;
    this.few.push(value);
    if (this.few.length > FEW) this.many = new Set(this.few);
    return false;
  }

  private fail(problem: string, steps = this.path.length): never {
    throw new NotPlain(inCode(this.path.slice(0, steps)), problem);
  }

  private at(step: string | number, value: unknown): unknown {
    this.path.push(step);
    const copy = this.copy(value);
    this.path.pop();
    return copy;
  }

  private thing(value: object): unknown {
    const prototype: object | null = Object.getPrototypeOf(value);
    if (prototype === null || isBuiltIn(prototype, Object))
      return this.object(value as Record<string, unknown>, prototype === null);
    if (isBuiltIn(prototype, Array)) return this.array(value as unknown[]);
    if (isBuiltIn(prototype, Uint8Array)) return this.bytes(value as Uint8Array);
    if (isBuiltIn(prototype, ArrayBuffer)) return this.buffer(value as ArrayBuffer);
    const collection = [Map, Set].find((it) => isBuiltIn(prototype, it));
    if (!collection) return this.fail(instance(value));
    if (!hasOnly(value, 0))
      this.fail(`is a ${collection.name} with properties of its own: put them into an object beside it`);
    if (collection === Map) return this.map(value as Map<unknown, unknown>);
    let i = 0;
    const set = new Set<unknown>();
    for (const item of value as Set<unknown>) set.add(this.at(i++, item));
    return set;
  }

  /** Of its own: a handler could tell that its bytes are a part of something, or stand somewhere else as well. */
  private bytes(value: Uint8Array): Uint8Array {
    const { buffer } = value;
    if (!isBuiltIn(Object.getPrototypeOf(buffer) as object, ArrayBuffer))
      this.fail('is over memory that threads share: keep a copy, `bytes.slice()`');
    if (this.asIs && buffer.byteLength !== value.length)
      this.fail('is a part of a larger buffer: keep a copy, `bytes.slice()`');
    if (this.wasSeen(buffer))
      this.fail('is over a buffer that stands in two places: copy it, so that a change in one place stays there');
    this.grow(value.length);
    if (!hasOnly(value, value.length))
      this.fail('is a Uint8Array with properties of its own: put them into an object beside it');
    return new Uint8Array(value);
  }

  private buffer(value: ArrayBuffer): ArrayBuffer {
    if ((value as { resizable?: boolean }).resizable === true)
      this.fail('is an ArrayBuffer that can be resized: use one of a fixed length');
    this.grow(value.byteLength);
    if (!hasOnly(value, 0))
      this.fail('is an ArrayBuffer with properties of its own: put them into an object beside it');
    return new Uint8Array(new Uint8Array(value)).buffer;
  }

  private array(value: unknown[]): unknown[] {
    const { length } = value;
    // Its length is one more of its own. Spread, because `value.slice` would make an array of its own realm.
    const items = hasOnly(value, length + 1) ? [...value] : undefined;
    for (let i = 0; i < length && items; i++) {
      // A hole, with a property to make up for it.
      if (items[i] === undefined && !Object.hasOwn(value, i)) return this.holes();
      items[i] = this.at(i, items[i]);
    }
    return items ?? this.holes();
  }

  private holes(): never {
    return this.fail('is an array with holes or with properties of its own: fill it, or use an object');
  }

  private map(value: Map<unknown, unknown>): Map<unknown, unknown> {
    const copy = new Map<unknown, unknown>();
    for (const [key, item] of value) {
      const step = typeof key === 'string' || typeof key === 'number' ? key : '…';
      copy.set(this.at(step, key), this.at(step, item));
    }
    return copy;
  }

  private object(value: Record<string, unknown>, bare: boolean): Record<string, unknown> {
    const keys = Object.keys(value);
    if (!hasOnly(value, keys.length)) this.hidden(value, keys);
    // Before anything is read, which would call them.
    for (const key of keys) if (getterOf.call(value, key) !== undefined) this.accessor(key);
    const made: Record<string, unknown> = bare ? Object.assign(Object.create(null), value) : { ...value };
    for (const key of keys) {
      const item = made[key];
      // A setter without a getter reads as undefined.
      if (item === undefined && isAccessor(value, key)) this.accessor(key);
      this.grow(key.length);
      const copy = this.at(key, key === '__proto__' ? ownOf(value, key) : item);
      if (copy !== item) setOwn(made, key, copy);
    }
    return made;
  }

  private accessor(key: string): never {
    this.path.push(key);
    return this.fail('is a getter or a setter: use an ordinary property');
  }

  private hidden(value: object, keys: readonly string[]): never {
    const hidden = Object.getOwnPropertyNames(value).find((name) => !keys.includes(name));
    if (hidden === undefined) this.fail('has a symbol as a key: use a string');
    if (isAccessor(value, hidden)) this.accessor(hidden);
    this.path.push(hidden);
    return this.fail('is a hidden property: use an ordinary property');
  }
}

/**
 * Whether it has so many properties of its own. Together quicker than `Reflect.ownKeys`, for which the runtime has no
 * short cut.
 */
const hasOnly = (value: object, count: number): boolean =>
  Object.getOwnPropertyNames(value).length === count && Object.getOwnPropertySymbols(value).length === 0;

/** Quicker than a property descriptor, which would be made anew every time. */
const getterOf = (Object.prototype as unknown as { __lookupGetter__: (this: object, key: string) => unknown })
  .__lookupGetter__;

/** Even if it is called `__proto__`. */
const ownOf = (value: object, key: string): unknown => Object.getOwnPropertyDescriptor(value, key)?.value;

const isAccessor = (value: object, key: string): boolean =>
  !('value' in (Object.getOwnPropertyDescriptor(value, key) as PropertyDescriptor));

/**
 * Whether a prototype is a built-in class's, of this realm or of another one: some test runners give every test file a
 * realm of its own.
 */
function isBuiltIn(prototype: object, own: { readonly name: string; readonly prototype: unknown }): boolean {
  if (prototype === own.prototype) return true;
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof made === 'function' && made.prototype === prototype && source(made) === source(own);
}

/** `function Map() { [native code] }`, which no class of one's own can look like. */
const source = (made: unknown): string => Function.prototype.toString.call(made);

/** What is wrong with an object that has a class, and what to use. */
function instance(value: object): string {
  if (Object.prototype.toString.call(value) === '[object Date]') return 'is a Date: keep a number of ticks';
  if (value instanceof Promise) return 'is a promise: handlers run to completion, send a message or set a timer';
  if (value instanceof WeakMap || value instanceof WeakSet) return 'is a weak collection: use a Map or a Set';
  if (value instanceof RegExp) return 'is a regular expression: keep its source as a string';
  if (value instanceof Error) return 'is an Error: keep its message as a string';
  if (ArrayBuffer.isView(value)) {
    const type = Object.prototype.toString.call(value).slice(8, -1);
    if (type === 'Uint8Array') return 'is a Buffer, or another kind of Uint8Array: use new Uint8Array(bytes)';
    return `is a ${type}: of byte arrays only Uint8Array and ArrayBuffer are plain data`;
  }
  const name: unknown = value.constructor?.name;
  const called = typeof name === 'string' && name !== '' ? ` of class ${name}` : ' of a class';
  return `is an instance${called}: use a plain object and functions over it`;
}

/** A path as one would write it: `.log[2].term`. */
function inCode(path: Path): string {
  return path
    .map((step) =>
      typeof step === 'number' ? `[${step}]` : isIdentifier(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
    )
    .join('');
}

/** Whether two values, the second of them plain data, are equal, order included: their texts would be the same. */
export function samePlain(a: unknown, b: unknown): boolean {
  if (typeof b !== 'object' || b === null) return Object.is(a, b);
  if (typeof a !== 'object' || a === null || tagOf(a) !== tagOf(b)) return false;
  if (Array.isArray(b)) return sameItems(a as unknown[], b);
  if (b instanceof Uint8Array) return sameBytes(a as Uint8Array, b);
  if (b instanceof ArrayBuffer) return sameBytes(new Uint8Array(a as ArrayBuffer), new Uint8Array(b));
  if (b instanceof Set) return sameItems([...(a as Set<unknown>)], [...b]);
  if (b instanceof Map) return sameItems([...(a as Map<unknown, unknown>)].flat(), [...b].flat());
  const keys = Object.keys(b);
  if (!sameItems(Object.keys(a), keys)) return false;
  for (const key of keys)
    if (!samePlain((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
  return true;
}

/** Prototypes may be of another realm. */
function tagOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return 'null';
  return prototype === Object.prototype ? '[object Object]' : Object.prototype.toString.call(value);
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < b.length; i++) if (!samePlain(a[i], b[i])) return false;
  return true;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** A copy of what is known to be plain data; what was frozen when it was taken is frozen. */
export const clonePlain = <T>(value: T): T => clone(value) as T;

function clone(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const made = cloneObject(value);
  return wasFrozen(value) ? Object.freeze(made) : made;
}

function cloneObject(value: object): object {
  if (Array.isArray(value)) {
    const items: unknown[] = [...value];
    for (let i = 0; i < items.length; i++) items[i] = clone(items[i]);
    return items;
  }
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [clone(key), clone(item)]));
  if (value instanceof Set) return new Set([...value].map(clone));
  const bare = Object.getPrototypeOf(value) === null;
  const made: Record<string, unknown> = bare ? Object.assign(Object.create(null), value) : { ...value };
  for (const key of Object.keys(made)) {
    const item = made[key];
    if (typeof item === 'object' && item !== null) setOwn(made, key, clone(item));
  }
  return made;
}
