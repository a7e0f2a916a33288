/**
 * Plain data, quickly: copies and comparisons for the common shapes, without text. Whatever is out of the ordinary is left to the thorough pass of
 * `plain.ts`, which takes it or says what is wrong with it.
 */
import { primitiveText, type Snapshot, setOwn, snapshot, wasFrozen } from './plain.js';

/** Thrown on the way, never out of this file: the thorough pass has to look. */
const UNSURE = new Error('not a common shape');

/** A snapshot whose text is made when it is asked for. */
class Taken<T> implements Snapshot<T> {
  private known: string | undefined;

  constructor(readonly copy: T) {}

  get text(): string {
    this.known ??= snapshot(this.copy).text;
    return this.known;
  }
}

/** As `snapshot`, and quicker as long as nobody asks for the text. @throws NotPlain */
export function take<T>(value: T, asIs = false): Snapshot<T> {
  if (typeof value !== 'object' || value === null) {
    // Functions and symbols are refused at once.
    if (isOdd(value)) primitiveText(value);
    return new Taken(value);
  }
  try {
    return new Taken(copy(value, asIs, [], 0) as T);
  } catch (error) {
    if (error !== UNSURE) throw error;
    return snapshot(value, asIs);
  }
}

/** Objects, levels, and lengths up to which the quick pass goes. */
const MOST = { objects: 32, depth: 8, length: 1_000 };

const isOdd = (value: unknown): boolean => typeof value === 'function' || typeof value === 'symbol';

function copy(value: unknown, asIs: boolean, seen: object[], depth: number): unknown {
  if (typeof value !== 'object' || value === null) {
    if (isOdd(value) || (typeof value === 'string' && value.length > MOST.length)) throw UNSURE;
    return value;
  }
  if (depth > MOST.depth || seen.length >= MOST.objects || seen.includes(value)) throw UNSURE;
  if (asIs && !Object.isExtensible(value)) throw UNSURE;
  seen.push(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Array.prototype) {
    const { length } = value as unknown[];
    if (length > MOST.length || !hasOnly(value, length + 1)) throw UNSURE;
    const items = [...(value as unknown[])];
    for (let i = 0; i < length; i++) {
      // A hole, with a property to make up for it.
      if (items[i] === undefined && !Object.hasOwn(value, i)) throw UNSURE;
      items[i] = copy(items[i], asIs, seen, depth + 1);
    }
    return items;
  }
  if (prototype === Set.prototype) {
    if (!hasOnly(value, 0)) throw UNSURE;
    const set = new Set<unknown>();
    for (const item of value as Set<unknown>) set.add(copy(item, asIs, seen, depth + 1));
    return set;
  }
  if (prototype === Map.prototype) {
    if (!hasOnly(value, 0)) throw UNSURE;
    const map = new Map<unknown, unknown>();
    for (const [key, item] of value as Map<unknown, unknown>)
      map.set(copy(key, asIs, seen, depth + 1), copy(item, asIs, seen, depth + 1));
    return map;
  }
  if (prototype !== Object.prototype) throw UNSURE;
  return copyObject(value as Record<string, unknown>, asIs, seen, depth);
}

/** Whether it has so many properties of its own. Together quicker than `Reflect.ownKeys`, for which the runtime has no short cut. */
const hasOnly = (value: object, count: number): boolean =>
  Object.getOwnPropertyNames(value).length === count && Object.getOwnPropertySymbols(value).length === 0;

/** Quicker than a property descriptor, which would be made anew every time. */
const getterOf = (Object.prototype as unknown as { __lookupGetter__: (this: object, key: string) => unknown })
  .__lookupGetter__;

function copyObject(
  value: Record<string, unknown>,
  asIs: boolean,
  seen: object[],
  depth: number,
): Record<string, unknown> {
  const keys = Object.keys(value);
  if (!hasOnly(value, keys.length)) throw UNSURE;
  for (const key of keys) if (getterOf.call(value, key) !== undefined) throw UNSURE;
  const made = { ...value };
  for (const key of keys) {
    const item = made[key];
    // A setter without a getter reads as undefined.
    if (item === undefined || key === '__proto__') throw UNSURE;
    if (typeof item === 'object' || typeof item === 'string' || isOdd(item))
      made[key] = copy(item, asIs, seen, depth + 1);
  }
  return made;
}

/** Whether two values, the second of them plain data, are equal, order included: their texts would be the same. */
export function samePlain(a: unknown, b: unknown): boolean {
  if (typeof b !== 'object' || b === null) return Object.is(a, b);
  if (typeof a !== 'object' || a === null || tagOf(a) !== tagOf(b)) return false;
  if (Array.isArray(b)) return sameItems(a as unknown[], b);
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

/** A copy of what is known to be plain data; what was frozen when it was taken is frozen. */
export function clonePlain<T>(value: T): T {
  return clone(value) as T;
}

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
