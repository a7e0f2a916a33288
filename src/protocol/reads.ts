/**
 * What a check reads of the world: a world that notes every look at it, and the same look taken at other final nodes.
 *
 * A check is a pure function, so its answer follows from the answers to its probes, in order: a decision tree over projections of
 * final states (the idea of adaptive functional programming: Acar, Blelloch, Harper, POPL 2002). Invariant: a node whose probes are answered
 * alike cannot be told apart by the check.
 */
import { LdfiError } from '../core/invariant.js';
import { snapshot } from './plain.js';
import type { Final } from './simulate.js';
import type { World } from './types.js';
import { numberOf, READ_ONLY } from './world.js';

/** A way down into a state: a property, a Map's value by key, or by position. */
type Step = readonly ['key', string] | readonly ['map', unknown] | readonly ['entry', number];

/** A look at one final node. */
export interface Probe {
  readonly node: number;
  readonly part: 'alive' | 'state' | 'log';
  readonly path: readonly Step[];
  /** The value (of an object, what kind it is), its keys or items, its size, or whether it has a key. */
  readonly ask: 'value' | 'keys' | 'size' | 'has';
  /** For `has`. */
  readonly key?: unknown;
  /** Equal for equal probes. */
  readonly id: string;
}

export interface Read {
  readonly probe: Probe;
  readonly answer: string;
}

/** The answer that a final node gives to a probe. */
export function answerTo({ part, path, ask, key }: Probe, final: Final): string {
  if (part === 'alive') return String(final.alive);
  let value: unknown = part === 'state' ? final.state : final.log;
  for (const step of path) value = follow(value, step);
  return answer(value, ask, key);
}

function follow(value: unknown, [kind, step]: Step): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (kind === 'key') return Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined;
  if (!(value instanceof Map)) return undefined;
  return kind === 'map' ? value.get(step) : [...value.values()][step];
}

function answer(value: unknown, ask: Probe['ask'], key: unknown): string {
  const isObject = typeof value === 'object' && value !== null;
  if (ask === 'value') return isObject ? kindOf(value) : snapshot(value).text;
  if (!isObject) return 'none';
  if (value instanceof Map || value instanceof Set) {
    if (ask === 'size') return String(value.size);
    return ask === 'has' ? String(value.has(key)) : snapshot([...value.keys()]).text;
  }
  if (ask === 'has') return String(Object.hasOwn(value, String(key)));
  return snapshot(Object.keys(value)).text;
}

function kindOf(value: object): string {
  if (Array.isArray(value)) return 'array';
  if (value instanceof Map) return 'map';
  if (value instanceof Set) return 'set';
  // What an object inherits is not noted: it is the same for all of a kind.
  return Object.getPrototypeOf(value) === null ? 'bare object' : 'object';
}

/** A world over final nodes that notes what is read of it, each probe once and in order. */
export function trackedWorld(
  nodes: readonly string[],
  finals: readonly Final[],
): { readonly world: World<unknown>; readonly reads: readonly Read[] } {
  const tracker = new Tracker(finals);
  const at = (node: string, part: Probe['part']): Place => rootOf(numberOf(nodes, node), part);
  const world: World<unknown> = {
    nodes,
    get alive() {
      return Object.freeze(nodes.filter((_, node) => tracker.note(rootOf(node, 'alive'), 'value') === 'true'));
    },
    isAlive: (node) => tracker.note(at(node, 'alive'), 'value') === 'true',
    state: (node) => tracker.look(at(node, 'state'), finals[numberOf(nodes, node)]?.state),
    log: (node) => tracker.look(at(node, 'log'), finals[numberOf(nodes, node)]?.log) as readonly unknown[],
  };
  return { world, reads: tracker.reads };
}

class Tracker {
  readonly reads: Read[] = [];
  private readonly noted = new Map<string, string>();
  /** One proxy per place, so that it is equal to itself. Not per object: equal states of two nodes may be one object. */
  private readonly proxies = new Map<string, object>();

  constructor(private readonly finals: readonly Final[]) {}

  /** Asks about a place. `key`: for `has`. */
  note({ node, part, path, id: place }: Place, ask: Probe['ask'], key?: unknown): string {
    const id = ask === 'has' ? `${place}?has${keyText(key)}` : `${place}?${ask}`;
    const known = this.noted.get(id);
    if (known !== undefined) return known;
    const probe: Probe = { node, part, path, ask, key, id };
    const given = answerTo(probe, this.finals[node] as Final);
    this.noted.set(id, given);
    this.reads.push({ probe, answer: given });
    return given;
  }

  /** Notes a value and gives it, objects behind a proxy. */
  look(at: Place, value: unknown): unknown {
    this.note(at, 'value');
    if (typeof value !== 'object' || value === null) return value;
    let proxy = this.proxies.get(at.id);
    if (!proxy) {
      if (value instanceof Map) proxy = this.map(value, at);
      else proxy = value instanceof Set ? this.set(value, at) : this.object(value, at);
      this.proxies.set(at.id, proxy);
    }
    return proxy;
  }

  private object(value: object, at: Place): object {
    const child = (key: string): unknown => this.look(below(at, ['key', key]), (value as Record<string, unknown>)[key]);
    return new Proxy(value, {
      get: (target, key, receiver) => {
        const inherited = typeof key === 'symbol' || (!Object.hasOwn(target, key) && key in target);
        if (inherited) {
          // That it is not the state's own is a look as well; arrays have nothing of their own but items.
          if (typeof key === 'string' && !Array.isArray(target)) this.note(at, 'has', key);
          return Reflect.get(target, key, receiver) as unknown;
        }
        return child(key);
      },
      has: (target, key) => {
        if (typeof key === 'symbol') return Reflect.has(target, key);
        return this.note(at, 'has', key) === 'true' || Reflect.has(Object.getPrototypeOf(target) ?? {}, key);
      },
      ownKeys: (target) => {
        this.note(at, 'keys');
        return Reflect.ownKeys(target);
      },
      getOwnPropertyDescriptor: (target, key) => {
        const own = Reflect.getOwnPropertyDescriptor(target, key);
        if (typeof key === 'symbol') return own;
        this.note(at, 'has', key);
        if (!own) return undefined;
        const held = child(key);
        // What is not configurable (an array's length) must be told as it is.
        return own.configurable ? { ...own, value: held } : own;
      },
      ...readOnly,
    });
  }

  private map(value: Map<unknown, unknown>, at: Place): object {
    const item = (key: unknown): unknown => {
      const isPrimitive = typeof key !== 'object' || key === null;
      const step: Step = isPrimitive ? ['map', key] : ['entry', [...value.keys()].indexOf(key)];
      return this.look(below(at, step), value.get(key));
    };
    const keys = (): unknown[] => {
      this.note(at, 'keys');
      return [...value.keys()];
    };
    const entries = (): [unknown, unknown][] => keys().map((key) => [key, item(key)]);
    return this.collection(value, at, {
      get: item,
      keys: () => keys().values(),
      values: () =>
        entries()
          .map(([, held]) => held)
          .values(),
      entries: () => entries().values(),
      [Symbol.iterator]: () => entries().values(),
      forEach: (call: (value: unknown, key: unknown) => void) => {
        for (const [key, held] of entries()) call(held, key);
      },
    });
  }

  /** Members of a Set are noted as a whole. */
  private set(value: Set<unknown>, at: Place): object {
    const items = (): unknown[] => {
      this.note(at, 'keys');
      return [...value];
    };
    return this.collection(value, at, {
      keys: () => items().values(),
      values: () => items().values(),
      entries: () =>
        items()
          .map((item) => [item, item])
          .values(),
      [Symbol.iterator]: () => items().values(),
      forEach: (call: (value: unknown) => void) => {
        for (const item of items()) call(item);
      },
    });
  }

  /** What a Map and a Set have in common. Anything else they can do is refused, so that no look goes unnoticed. */
  private collection(
    value: Map<unknown, unknown> | Set<unknown>,
    at: Place,
    own: Record<PropertyKey, unknown>,
  ): object {
    const methods: Record<PropertyKey, unknown> = {
      has: (key: unknown) => this.note(at, 'has', key) === 'true',
      ...own,
    };
    return new Proxy(value, {
      get: (target, key) => {
        if (key === 'size') return Number(this.note(at, 'size'));
        if (Object.hasOwn(methods, key)) return methods[key];
        if (typeof key === 'symbol' || key === 'constructor') return Reflect.get(target, key) as unknown;
        if (!(key in target)) return undefined;
        throw new LdfiError(
          'bad-protocol',
          `check calls ${kindOf(value)}.${key}: the world is read only; copy the ${kindOf(value)} first, or iterate over it`,
        );
      },
      ...readOnly,
    });
  }
}

interface Place {
  readonly node: number;
  readonly part: Probe['part'];
  readonly path: readonly Step[];
  /** Equal for equal places. */
  readonly id: string;
}

const rootOf = (node: number, part: Probe['part']): Place => ({ node, part, path: [], id: `${node} ${part}` });

const below = ({ node, part, path, id }: Place, step: Step): Place => ({
  node,
  part,
  path: [...path, step],
  id: `${id}/${step[0]}${keyText(step[1])}`,
});

const refuse = (): never => {
  throw new LdfiError('bad-protocol', READ_ONLY);
};

const readOnly = { set: refuse, deleteProperty: refuse, defineProperty: refuse, setPrototypeOf: refuse } as const;

/** A key as text that tells primitive keys apart, and ends where it ends. */
function keyText(key: unknown): string {
  const text = typeof key === 'string' ? key : snapshot(typeof key === 'object' && key !== null ? {} : key).text;
  return `${typeof key === 'string' ? '"' : ' '}${text.length}:${text}`;
}
