/**
 * Built-in functions that the module has replaced. The thread's own code works with them as well, so nothing that it
 * finds could be trusted.
 */
import { LdfiError } from '../core/invariant.js';

/** What this package works with where it shares a thread with a protocol. */
const USED = {
  Array,
  BigInt,
  JSON,
  Map,
  Math,
  Number,
  Object,
  Promise,
  Proxy,
  Reflect,
  RegExp,
  Set,
  String,
  Symbol,
  WeakMap,
  WeakSet,
};

interface Kept {
  readonly holder: object;
  readonly key: PropertyKey;
  readonly said: string;
  readonly value: unknown;
}

const { getOwnPropertyDescriptor } = Object;

/** Function of an own property, or its getter; undefined for anything else. */
function functionAt(holder: object, key: PropertyKey): unknown {
  const own = getOwnPropertyDescriptor(holder, key);
  const value: unknown = own?.value ?? own?.get;
  return typeof value === 'function' ? value : undefined;
}

/** To be called before the module is loaded. @returns throws if any of them has been replaced since */
export function watchBuiltins(): () => void {
  const kept: Kept[] = [];
  const keep = (holder: object, name: string): void => {
    for (const key of Reflect.ownKeys(holder)) {
      const value = functionAt(holder, key);
      // Guards may stand there.
      if (value !== undefined && !(holder === Math && key === 'random'))
        kept.push({ holder, key, said: `${name}.${String(key)}`, value });
    }
  };
  for (const [name, holder] of Object.entries(USED)) {
    keep(holder, name);
    const { prototype } = holder as { prototype?: object };
    if (prototype) keep(prototype, `${name}.prototype`);
  }
  for (const iterator of [[].values(), new Map().values(), new Set().values()])
    keep(Object.getPrototypeOf(iterator) as object, 'an iterator of a collection');
  keep(Function.prototype, 'Function.prototype');
  return () => {
    for (const { holder, key, said, value } of kept) {
      if (functionAt(holder, key) === value) continue;
      throw new LdfiError(
        'impure-handler',
        `${said} was replaced by the module or by what it imports: ldfi works with it as well, so no answer could be trusted. Add a function of another name instead`,
      );
    }
  };
}
