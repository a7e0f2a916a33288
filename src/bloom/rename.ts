/**
 * A program whose places name their files otherwise: by the names that people give them, and not by where they lie on
 * this machine.
 */
import type { BloomPlace, BloomProgram } from './model.js';

export function renamed(bloom: BloomProgram, nameOf: (path: string) => string): BloomProgram {
  const moved = <T extends { readonly place?: BloomPlace | undefined }>(items: readonly T[]): T[] =>
    items.map((one) => (one.place ? { ...one, place: { ...one.place, path: nameOf(one.place.path) } } : one));
  const { collections, statements, facts, checks, problems } = bloom;
  return {
    ...bloom,
    collections: moved(collections),
    statements: moved(statements),
    facts: moved(facts),
    checks: moved(checks),
    problems: moved(problems),
  };
}
