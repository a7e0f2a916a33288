/**
 * The world as a check sees it while its reads are followed: every object is a proxy that notes what is looked at.
 *
 * Not everything can be followed. Code of the engine itself looks past proxies (`structuredClone`, `util.inspect`) or
 * takes them for what they are not (`util.isDeepStrictEqual` of two Maps). Where that shows, where something is
 * changed, or where the reads are too many, the world says that it is blind, and the check has to be asked with a whole
 * world: plain copies, each noted all at once. A history is always noted so, node by node: who judges one reads all of
 * it.
 */
import { isBytes } from '../../core/bytes.js';
import { LdfiError } from '../../core/invariant.js';
import { clonePlain } from '../data/plain.js';
import { textOf } from '../data/plain-text.js';
import type { World } from '../types.js';
import { numberOf } from './judge.js';
import { answerTo, type Probe, type Read, type Step } from './probe.js';
import { historyOf } from './recorded.js';
import type { Final } from './run.js';

/** Most reads that are followed one by one. */
const MOST_READS = 500;

export interface Tracked {
  readonly world: World<unknown>;
  /** In order, each probe once. */
  readonly reads: readonly Read[];
  /** Whether something was looked at that the reads do not show. */
  isBlind(): boolean;
}

/** A world over final nodes that notes what is read of it, each probe once and in order. */
export function recordingWorld(nodes: readonly string[], finals: readonly Final[]): Tracked {
  const tracker = new Tracker(finals);
  const world = worldBy(nodes, finals, tracker, (place) =>
    tracker.look(place, finals[place.node]?.[place.part as Part]),
  );
  return { world, reads: tracker.reads, isBlind: () => tracker.blind };
}

/** The same with nothing to be followed: of a state or log, all is noted as soon as it is asked for. */
export function wholeWorld(nodes: readonly string[], finals: readonly Final[]): Tracked {
  const tracker = new Tracker(finals);
  const copies = new Map<string, unknown>();
  const world = worldBy(nodes, finals, tracker, (place) => {
    tracker.note(place, 'whole');
    if (!copies.has(place.id)) copies.set(place.id, clonePlain(finals[place.node]?.[place.part as Part]));
    return copies.get(place.id);
  });
  return { world, reads: tracker.reads, isBlind: () => false };
}

type Part = 'state' | 'log';

/** @param show gives a state or a log */
function worldBy(
  nodes: readonly string[],
  finals: readonly Final[],
  tracker: Tracker,
  show: (place: Place) => unknown,
): World<unknown> {
  let history: World<unknown>['history'] | undefined;
  const isAlive = (node: number): boolean => tracker.note(rootOf(node, 'alive'), 'value') === 'true';
  return {
    nodes: [...nodes],
    get alive() {
      return nodes.filter((_, node) => isAlive(node));
    },
    isAlive: (node) => isAlive(numberOf(nodes, node)),
    state: (node) => show(rootOf(numberOf(nodes, node), 'state')),
    log: (node) => show(rootOf(numberOf(nodes, node), 'log')) as readonly unknown[],
    get history() {
      history ??= historyOf(nodes, (node) => {
        tracker.note(rootOf(node, 'history'), 'whole');
        return clonePlain((finals[node] as Final).history);
      });
      return history;
    },
  };
}

class Tracker {
  readonly reads: Read[] = [];
  blind = false;
  private readonly noted = new Map<string, string>();
  /**
   * One proxy per place, so that it is equal to itself. Not per object: equal states of two nodes may be one object.
   */
  private readonly proxies = new Map<string, object>();
  /** Traps for changes: a check may change what it gets, and then it has to get copies. */
  private readonly unchanging: ProxyHandler<object>;

  constructor(private readonly finals: readonly Final[]) {
    const change = (): boolean => {
      this.blind = true;
      return false;
    };
    this.unchanging = { set: change, deleteProperty: change, defineProperty: change, setPrototypeOf: change };
  }

  /** Asks about a place. `key`: for `has`. */
  note({ node, part, path, id: place }: Place, ask: Probe['ask'], key?: unknown): string {
    const id = ask === 'has' ? `${place}?has${keyText(key)}` : `${place}?${ask}`;
    const known = this.noted.get(id);
    if (known !== undefined) return known;
    const probe: Probe = { node, part, path, ask, key, id };
    const given = answerTo(probe, this.finals[node] as Final);
    this.noted.set(id, given);
    this.reads.push({ probe, answer: given });
    if (this.reads.length > MOST_READS) this.blind = true;
    return given;
  }

  /** Notes a value and gives it, objects behind a proxy. */
  look(at: Place, value: unknown): unknown {
    this.note(at, 'value');
    if (typeof value !== 'object' || value === null) return value;
    // Who works with bytes looks at all of them, and past proxies.
    if (isBytes(value)) this.note(at, 'whole');
    let proxy = this.proxies.get(at.id);
    if (!proxy) {
      if (isBytes(value)) proxy = clonePlain(value);
      else if (value instanceof Map) proxy = this.map(value, at);
      else proxy = value instanceof Set ? this.set(value, at) : this.object(value, at);
      this.proxies.set(at.id, proxy);
    }
    return proxy;
  }

  /**
   * What stands behind a proxy: of the same kind and empty, so that who looks past the proxy sees nothing, and is
   * noticed.
   */
  private behind<T extends object>(empty: T): T {
    Object.defineProperty(empty, INSPECT, {
      configurable: true,
      value: () => {
        this.blind = true;
        return '';
      },
    });
    return empty;
  }

  private object(value: object, at: Place): object {
    const child = (key: string): unknown => this.look(below(at, ['key', key]), (value as Record<string, unknown>)[key]);
    const prototype: object | null = Object.getPrototypeOf(value);
    return new Proxy(this.behind(Array.isArray(value) ? [] : (Object.create(prototype) as object)), {
      get: (_, key, receiver) => {
        const inherited = typeof key === 'symbol' || (!Object.hasOwn(value, key) && key in value);
        if (inherited) {
          // That it is not the state's own is a look as well; arrays have nothing of their own but items.
          if (typeof key === 'string' && !Array.isArray(value)) this.note(at, 'has', key);
          return Reflect.get(value, key, receiver) as unknown;
        }
        return child(key);
      },
      has: (_, key) => {
        if (typeof key === 'symbol') return Reflect.has(value, key);
        return this.note(at, 'has', key) === 'true' || (prototype !== null && Reflect.has(prototype, key));
      },
      ownKeys: () => {
        this.note(at, 'keys');
        return Reflect.ownKeys(value);
      },
      getOwnPropertyDescriptor: (_, key) => {
        const own = Reflect.getOwnPropertyDescriptor(value, key);
        if (typeof key === 'symbol') return own;
        this.note(at, 'has', key);
        if (!own) return undefined;
        // Data of a protocol's may be frozen; a proxy may only say so of what stands behind it, an array's length.
        return {
          ...own,
          value: child(key),
          ...(!(Array.isArray(value) && key === 'length') && { configurable: true }),
        };
      },
      ...this.unchanging,
    });
  }

  private map(value: Map<unknown, unknown>, at: Place): object {
    const item = (key: unknown): unknown => {
      this.refuseObject(key);
      return this.look(below(at, ['map', key]), value.get(key));
    };
    const keys = (): unknown[] => {
      this.note(at, 'keys');
      for (const key of value.keys()) this.refuseObject(key);
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
      forEach: (call: Visit, self?: unknown) => {
        for (const [key, held] of entries()) call.call(self, held, key, this.proxies.get(at.id));
      },
    });
  }

  /** Members of a Set are noted as a whole. */
  private set(value: Set<unknown>, at: Place): object {
    const items = (): unknown[] => {
      this.note(at, 'keys');
      for (const item of value) this.refuseObject(item);
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
      forEach: (call: Visit, self?: unknown) => {
        for (const item of items()) call.call(self, item, item, this.proxies.get(at.id));
      },
    });
  }

  /** An object as a key is known by its identity, which is another one in another world. */
  private refuseObject(key: unknown): void {
    if (typeof key === 'object' && key !== null) this.blind = true;
  }

  /** What a Map and a Set have in common. Anything else they can do is refused, so that no look goes unnoticed. */
  private collection(
    value: Map<unknown, unknown> | Set<unknown>,
    at: Place,
    own: Record<PropertyKey, unknown>,
  ): object {
    const methods: Record<PropertyKey, unknown> = {
      has: (key: unknown) => {
        this.refuseObject(key);
        return this.note(at, 'has', key) === 'true';
      },
      ...own,
    };
    return new Proxy(this.behind(value instanceof Map ? new Map<unknown, unknown>() : new Set<unknown>()), {
      get: (_, key) => {
        if (key === 'size') return Number(this.note(at, 'size'));
        if (Object.hasOwn(methods, key)) return methods[key];
        // Who asks for its tag wants to know whether it is a Map, to compare it by ways of its own, and a proxy is
        // none.
        if (key === Symbol.toStringTag) this.blind = true;
        if (typeof key === 'symbol' || key === 'constructor') return Reflect.get(value, key) as unknown;
        if (!(key in value)) return undefined;
        // Whatever else there is to call changes it.
        this.blind = true;
        throw new LdfiError('bad-protocol', `check calls ${String(key)} of a collection in the world`);
      },
      ...this.unchanging,
    });
  }
}

type Visit = (this: unknown, value: unknown, key: unknown, collection: unknown) => void;

/** Under this name `util.inspect`, which sees through proxies, finds what an object wants to be shown as. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

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

/** A key as text that tells primitive keys apart, and ends where it ends. */
function keyText(key: unknown): string {
  const text = typeof key === 'string' ? key : textOf(typeof key === 'object' && key !== null ? {} : key);
  return `${typeof key === 'string' ? '"' : ' '}${text.length}:${text}`;
}
