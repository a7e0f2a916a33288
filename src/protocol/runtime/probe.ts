/**
 * What a check reads of the world, look by look, and the same look taken at other final nodes.
 *
 * A check is a pure function, so its answer follows from the answers to its probes, in order: a decision tree over
 * projections of final states (the idea of adaptive functional programming: Acar, Blelloch, Harper, POPL 2002).
 * Invariant: a node whose probes are answered alike cannot be told apart by the check.
 */
import { textOf } from '../data/plain-text.js';
import type { Final } from './run.js';

/** A way down into a state: a property, a Map's value by key, or by position. */
export type Step = readonly ['key', string] | readonly ['map', unknown] | readonly ['entry', number];

/** A look at one final node. */
export interface Probe {
  readonly node: number;
  readonly part: 'alive' | 'state' | 'log' | 'history';
  readonly path: readonly Step[];
  /** The value (of an object, what kind it is), its keys or items, its size, whether it has a key, or all of it. */
  readonly ask: 'value' | 'keys' | 'size' | 'has' | 'whole';
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
  let value: unknown = final[part];
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
  if (ask === 'whole') return textOf(value);
  if (ask === 'value') return isObject ? kindOf(value) : textOf(value);
  if (!isObject) return 'none';
  if (value instanceof Map || value instanceof Set) {
    if (ask === 'size') return String(value.size);
    return ask === 'has' ? String(value.has(key)) : textOf([...value.keys()]);
  }
  if (ask === 'has') return String(Object.hasOwn(value, String(key)));
  return textOf(Object.keys(value));
}

function kindOf(value: object): string {
  if (Array.isArray(value)) return 'array';
  if (value instanceof Map) return 'map';
  if (value instanceof Set) return 'set';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof ArrayBuffer) return 'buffer';
  // What an object inherits is not noted: it is the same for all of a kind.
  return Object.getPrototypeOf(value) === null ? 'bare object' : 'object';
}
