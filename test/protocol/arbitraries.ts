/**
 * Random plain data, and what it is equal to: compared part by part, order included.
 */
import fc from 'fast-check';

const primitive = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(0, 1, 2, 'a', 'b', '', true, false) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      null,
      undefined,
      -0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      1e21,
      10n,
      '1',
      '"',
      '1n',
      'a,b',
      '[',
      '__proto__',
    ),
  },
  { weight: 1, arbitrary: fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.double(), fc.bigInt()) },
);

const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c') },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', '0', '', 'toString', 'length', 'then') },
);

function object(entries: readonly (readonly [string, unknown])[], bare: boolean): object {
  const made: object = bare ? Object.create(null) : {};
  for (const [key, value] of entries)
    Object.defineProperty(made, key, { value, writable: true, enumerable: true, configurable: true });
  return made;
}

const bytes = fc.array(fc.constantFrom(0, 1, 10, 255), { maxLength: 2 }).map((items) => new Uint8Array(items));

/** Plain data, small, so that equal values and equal parts come up often. */
export const plain: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    primitive,
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .tuple(fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }), fc.boolean())
      .map(([entries, bare]) => object(entries, bare)),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => new Set(items)),
    bytes,
    bytes.map(({ buffer }) => buffer),
  ),
})).value;

/** Equal in every way that a handler could see, but for identity. */
export function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return Object.is(a, b);
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const [left, right] = [parts(a), parts(b)];
  return left.length === right.length && left.every((part, i) => same(part, right[i]));
}

function parts(value: object): unknown[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Map) return [...value].flat();
  if (value instanceof Set || value instanceof Uint8Array) return [...value];
  if (value instanceof ArrayBuffer) return [...new Uint8Array(value)];
  return Object.entries(value).flat();
}

/** All objects in a value. */
export function objectsIn(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  for (const part of parts(value)) objectsIn(part, found);
  return found;
}
