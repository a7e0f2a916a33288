/**
 * A program as data, with places instead of stacks: what leaves the thread of the module.
 */
import type { Bloom } from './define.js';
import type { BloomPlace, BloomProgram } from './model.js';
import type { Origin } from './slip.js';
import type { Occurrence } from './terms.js';

/** Where the user's own code is on a stack; undefined if it is not. */
export type PlaceOf = (error: unknown) => { readonly path: string; readonly line: number } | undefined;

const sourceOf = ({ collection, everywhere, tick }: Occurrence) => ({
  collection,
  everywhere,
  ...(tick !== undefined && { tick }),
});

export function dataOf({ name, draft }: Bloom, placeOf: PlaceOf = () => undefined): BloomProgram {
  const { nodes, mistakes, statements, facts, checks, collections, durable } = draft;
  const placed = ({ error, call }: Origin): { place?: BloomPlace } => {
    const found = placeOf(error);
    return found ? { place: { path: found.path, line: found.line, call } } : {};
  };
  return {
    name,
    nodes: [...nodes],
    collections: [...collections.values()].map(({ description, origin }) => ({
      ...description,
      durable: durable.has(description.name),
      ...placed(origin),
    })),
    statements: statements.map(({ into, merge, made, origin }) => ({
      into: into.name,
      merge,
      sources: made.sources.map(sourceOf),
      conditions: [...made.conditions],
      absent: made.absent.map(({ of, columns }) => ({ source: sourceOf(of), columns })),
      row: [...made.row],
      ...placed(origin),
    })),
    facts: facts.map(({ origin, ...fact }) => ({ ...fact, ...placed(origin) })),
    checks: checks.map(({ check, origin }) => ({ check: { ...check }, ...placed(origin) })),
    problems: mistakes.all.map(({ message, hint, origin }) => ({
      message,
      ...(hint !== undefined && { hint }),
      ...placed(origin),
    })),
  };
}
