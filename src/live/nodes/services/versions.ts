/**
 * What a store held at each moment: a version for each change, counted from 1; at version 0 it is empty.
 *
 * ```ts
 * const versions = new Versions();
 * versions.set('x', 1);
 * versions.set('x', 2);
 * versions.at('x', 1); // { value: 1 }
 * ```
 */
import { isSame } from '../../../history/text.js';

/** What a key holds; undefined if there is no such key. */
export type Held = { readonly value: unknown } | undefined;

interface Change {
  readonly version: number;
  readonly value: unknown;
}

export class Versions {
  private readonly changes = new Map<string, Change[]>();
  /** The version of the newest state. */
  newest = 0;

  set(key: string, value: unknown): void {
    const changes = this.changes.get(key) ?? [];
    changes.push({ version: ++this.newest, value });
    this.changes.set(key, changes);
  }

  at(key: string, version: number): Held {
    return this.of(key).findLast((change) => change.version <= version);
  }

  /** The earliest version from `from` on at which a key holds what it holds now. */
  earliestAsNow(key: string, from: number): number {
    const now = this.at(key, this.newest);
    const isAsNow = (version: number): boolean => isSameHeld(this.at(key, version), now);
    if (isAsNow(from)) return from;
    return this.of(key).find(({ version }) => version > from && isAsNow(version))?.version ?? this.newest;
  }

  /** The version before the newest change of a key; the newest one if it was never changed. */
  beforeLastChange(key: string): number {
    const last = this.of(key).at(-1);
    return last ? last.version - 1 : this.newest;
  }

  private of(key: string): readonly Change[] {
    return this.changes.get(key) ?? [];
  }
}

const isSameHeld = (a: Held, b: Held): boolean => (a && b ? isSame(a.value, b.value) : a === b);
