/**
 * Random asynchronous systems as data: what each node does when it starts, again and again, and with what comes in.
 */
import { prng } from '../../../src/core/prng.js';
import type { Bounds } from '../../../src/faults/fault.js';

export type Step =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'send'; readonly to: string; readonly value: number }
  /** `tries` requests, one after the other, until there is an answer; `strict`: throws if there is none. */
  | {
      readonly do: 'ask';
      readonly to: string;
      readonly value: number;
      readonly timeout: number;
      readonly tries: number;
      readonly strict: boolean;
    }
  | { readonly do: 'log'; readonly value: number }
  | { readonly do: 'clock' };

export interface Part {
  readonly main: readonly Step[];
  readonly every:
    | { readonly ms: number; readonly times: number; readonly to: string; readonly value: number }
    | undefined;
  /** What is done with a message, `wait` milliseconds after it came. */
  readonly hears: {
    readonly wait: number;
    readonly act: 'log' | 'store' | 'forward' | 'nothing';
    readonly to: string;
  };
}

/** One thing that is promised of the end. */
export interface Promised {
  readonly node: string;
  readonly what: 'logs' | 'fewer' | 'stored' | 'says';
  readonly value: number | string;
}

export interface Draft {
  readonly seed: number;
  readonly tickMs: number;
  readonly parts: Readonly<Record<string, Part>>;
  readonly bounds: Bounds;
}

const NAMES = ['a', 'b', 'c'];

export function randomDraft(seed: number): Draft {
  const below = prng(seed);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const nodes = NAMES.slice(0, 2 + below(2));
  const tickMs = pick([1, 4, 10]);
  const span = (): number => 1 + below(tickMs * 3);
  const other = (id: string): string => pick(nodes.filter((name) => name !== id || below(8) === 0));
  const step = (id: string): Step => {
    const to = other(id);
    const value = below(5);
    switch (below(7)) {
      case 0:
        return { do: 'wait', ms: span() };
      case 1:
        return { do: 'log', value };
      case 2:
        return { do: 'clock' };
      case 3:
      case 4:
        return { do: 'send', to, value };
      default:
        return {
          ...{ do: 'ask', to, value, timeout: tickMs * 2 + below(tickMs * 2) },
          ...{ tries: 1 + below(3), strict: below(6) === 0 },
        };
    }
  };
  const part = (id: string): Part => ({
    main: Array.from({ length: below(4) }, () => step(id)),
    every: below(3) === 0 ? { ms: span(), times: 1 + below(3), to: other(id), value: below(5) } : undefined,
    hears: { wait: below(2) * span(), act: pick(['log', 'store', 'forward', 'nothing'] as const), to: other(id) },
  });
  return {
    seed,
    tickMs,
    parts: Object.fromEntries(nodes.map((id) => [id, part(id)])),
    bounds: { nodes, eot: 5 + below(4), eff: 2 + below(3), crashes: 0 },
  };
}

/** How the end of a node looks: what it has logged, and how often it has stored. */
export interface End {
  readonly log: readonly unknown[];
  readonly stored: number;
}

/** Whether a promise is kept. */
export function isKept({ what, value }: Promised, { log, stored }: End): boolean {
  if (what === 'logs') return log.length >= Number(value);
  if (what === 'fewer') return log.length <= Number(value);
  if (what === 'stored') return stored >= Number(value);
  return log.some((fact) => JSON.stringify(fact) === value);
}

/** One or two things that are so without faults. */
export function randomPromises(seed: number, ends: ReadonlyMap<string, End>): Promised[] {
  const below = prng(seed + 1_000_000);
  const nodes = [...ends.keys()];
  return Array.from({ length: 1 + below(2) }, (): Promised => {
    const node = nodes[below(nodes.length)] as string;
    const { log, stored } = ends.get(node) as End;
    const kind = below(4);
    if (kind === 0 && log.length > 0) return { node, what: 'says', value: JSON.stringify(log[below(log.length)]) };
    if (kind === 1 && stored > 0) return { node, what: 'stored', value: stored };
    return kind === 2 ? { node, what: 'fewer', value: log.length } : { node, what: 'logs', value: log.length };
  });
}
