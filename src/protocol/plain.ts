/**
 * Plain data: the only thing that states, messages and logged facts may be made of, so that they can be copied, compared and kept.
 *
 * One pass over a value gives its canonical text and a copy that shares nothing with it. Order matters (of keys, of a Map, of a Set), because a
 * handler can see it. Invariant: equal texts mean values that no handler can tell apart.
 */

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

export interface Snapshot<T> {
  readonly text: string;
  /** Shares no object with the value. */
  readonly copy: T;
}

/** Copies of frozen objects. They are not frozen themselves, so that a check may look at them through a proxy; what a handler is given is. */
const FROZEN = new WeakSet<object>();

export const wasFrozen = (copy: object): boolean => FROZEN.has(copy);

export function noteFrozen<T>(copy: T): T {
  if (typeof copy === 'object' && copy !== null) FROZEN.add(copy);
  return copy;
}

/** Deepest nesting, and most characters of text. */
const LIMITS = { depth: 100, size: 1_000_000 };

/**
 * The text and a copy of plain data.
 * @param asIs for data that stays with its node: what is frozen stays frozen, because handlers can tell
 * @throws NotPlain for functions, symbols, class instances, dates, promises, accessors, cycles, aliases, and values too deep or too large
 */
export function snapshot<T>(value: T, asIs = false): Snapshot<T> {
  if (typeof value !== 'object' || value === null) return { text: primitiveText(value), copy: value };
  const writer = new Writer(asIs);
  const copy = writer.write(value) as T;
  return { text: writer.text, copy };
}

/** An own property, even if it is called `__proto__`. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

type Path = (string | number)[];

class Writer {
  text = '';
  /** Where the pass is, from the value down. */
  private readonly path: Path = [];
  private readonly seen = new Set<object>();

  constructor(private readonly asIs: boolean) {}

  write(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) {
      this.text += primitiveText(value, this.path);
      return value;
    }
    if (this.text.length > LIMITS.size)
      throw new NotPlain('', `is larger than ${LIMITS.size} characters: keep less in it`);
    if (this.seen.has(value))
      this.fail('is an object that stands in two places: copy it, so that a change in one place stays there');
    if (this.path.length > LIMITS.depth) this.fail(`is nested deeper than ${LIMITS.depth} levels`, 5);
    this.seen.add(value);
    if (!this.isFrozen(value)) return this.thing(value);
    this.text += 'F';
    return noteFrozen(this.thing(value));
  }

  private isFrozen(value: object): boolean {
    if (!this.asIs || Object.isExtensible(value)) return wasFrozen(value);
    return Object.isFrozen(value) || this.fail('is sealed: freeze it, or leave it open');
  }

  private thing(value: object): unknown {
    const prototype: object | null = Object.getPrototypeOf(value);
    if (prototype === null || isBuiltIn(prototype, Object))
      return this.object(value as Record<string, unknown>, prototype);
    if (isBuiltIn(prototype, Array)) return this.array(value as unknown[]);
    const collection = [Map, Set].find((it) => isBuiltIn(prototype, it));
    if (collection && Reflect.ownKeys(value).length > 0)
      this.fail(`is a ${collection.name} with properties of its own: put them into an object beside it`);
    if (collection === Map) return this.map(value as Map<unknown, unknown>);
    if (collection === Set) return new Set(this.items('S', [...(value as Set<unknown>)]));
    return this.fail(instance(value));
  }

  private fail(problem: string, steps = this.path.length): never {
    throw new NotPlain(inCode(this.path.slice(0, steps)), problem);
  }

  private at(step: string | number, value: unknown): unknown {
    this.path.push(step);
    const copy = this.write(value);
    this.path.pop();
    return copy;
  }

  private array(value: unknown[]): unknown[] {
    // Its length is one more of its own.
    const isFull =
      Reflect.ownKeys(value).length === value.length + 1 && Object.keys(value).every((key, i) => key === String(i));
    if (!isFull) this.fail('is an array with holes or with properties of its own: fill it, or use an object');
    return this.items('', value);
  }

  private items(tag: string, items: readonly unknown[]): unknown[] {
    this.text += `${tag}[`;
    // Not `items.map`, which would make an array of the items' own realm.
    const copies = Array.from(items, (item, i) => {
      if (i > 0) this.text += ',';
      return this.at(i, item);
    });
    this.text += ']';
    return copies;
  }

  private map(value: Map<unknown, unknown>): Map<unknown, unknown> {
    this.text += 'M[';
    const copy = new Map<unknown, unknown>();
    for (const [key, item] of value) {
      const step = typeof key === 'string' || typeof key === 'number' ? key : '…';
      const keyCopy = this.at(step, key);
      this.text += ':';
      copy.set(keyCopy, this.at(step, item));
      this.text += ',';
    }
    this.text += ']';
    return copy;
  }

  private object(value: Record<string, unknown>, prototype: unknown): Record<string, unknown> {
    const copy: Record<string, unknown> = prototype === null ? Object.create(null) : {};
    this.text += prototype === null ? 'O{' : '{';
    for (const key of Reflect.ownKeys(value)) {
      if (typeof key === 'symbol') return this.fail('has a symbol as a key: use a string');
      const own = Object.getOwnPropertyDescriptor(value, key) as PropertyDescriptor;
      if (!('value' in own && own.enumerable)) {
        this.path.push(key);
        this.fail(`is ${'value' in own ? 'a hidden property' : 'a getter or a setter'}: use an ordinary property`);
      }
      this.text += quoted(key);
      setOwn(copy, key, this.at(key, value[key]));
      this.text += ',';
    }
    this.text += '}';
    return copy;
  }
}

/** Whether a prototype is a built-in class's, of this realm or of another one: some test runners give every test file a realm of its own. */
function isBuiltIn(prototype: object, own: { readonly name: string; readonly prototype: unknown }): boolean {
  if (prototype === own.prototype) return true;
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof made === 'function' && made.prototype === prototype && source(made) === source(own);
}

/** `function Map() { [native code] }`, which no class of one's own can look like. */
const source = (made: unknown): string => Function.prototype.toString.call(made);

/** Property names come again and again. */
const NAMES = new Map<string, string>();
const MOST_NAMES = 1_000;

function quoted(key: string): string {
  const known = NAMES.get(key);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(key)}:`;
  if (NAMES.size < MOST_NAMES) NAMES.set(key, text);
  return text;
}

export function primitiveText(value: unknown, path: Path = []): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'function':
      throw new NotPlain(inCode(path), 'is a function: keep data, and decide in the handler what to do with it');
    case 'symbol':
      throw new NotPlain(inCode(path), 'is a symbol: use a string');
    default:
      return String(value);
  }
}

/** What is wrong with an object that has a class, and what to use. */
function instance(value: object): string {
  if (Object.prototype.toString.call(value) === '[object Date]') return 'is a Date: keep a number of ticks';
  if (value instanceof Promise) return 'is a promise: handlers run to completion, send a message or set a timer';
  if (value instanceof WeakMap || value instanceof WeakSet) return 'is a weak collection: use a Map or a Set';
  if (value instanceof RegExp) return 'is a regular expression: keep its source as a string';
  if (value instanceof Error) return 'is an Error: keep its message as a string';
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return 'is a buffer: use an array of numbers or a string';
  const name: unknown = value.constructor?.name;
  const called = typeof name === 'string' && name !== '' ? ` of class ${name}` : ' of a class';
  return `is an instance${called}: use a plain object and functions over it`;
}

/** A path as one would write it: `.log[2].term`. */
function inCode(path: Path): string {
  return path
    .map((step) =>
      typeof step === 'number' ? `[${step}]` : /^[\w$]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
    )
    .join('');
}
