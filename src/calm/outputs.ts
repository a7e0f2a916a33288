/**
 * What of a program is its protocol and what only says what is promised; and which relations are its outputs.
 *
 * Outputs are what the program names (`//! output log`). Without that they are the relations of the protocol that none
 * of its other rules reads, and those that the promise is about. Plain data, which facts give and rules only keep, is
 * none.
 */
import { NEVER, POST, PRE } from '../dedalus/builtin.js';
import type { Program } from '../dedalus/program.js';
import { keeps } from '../dedalus/stops.js';
import { subgoalsOf } from '../dedalus/terms.js';

export interface Scope {
  /** The relations that are not of the promise alone, by name. */
  readonly protocol: ReadonlySet<string>;
  /** In the order of the program's relations, or as they were asked for. */
  readonly outputs: readonly string[];
  /** What is deduced for the promise, and read by nothing else. */
  readonly promise: readonly string[];
}

/**
 * @param asked outputs to look at instead
 */
export function scopeOf(program: Program, asked?: readonly string[]): Scope {
  const named = asked ?? program.outputs;
  const promise = promiseOf(program, named);
  const names = [...program.relations.values()].flatMap(({ name, builtin }) => (builtin ? [] : [name]));
  const protocol = new Set(names.filter((name) => !promise.has(name)));
  const aside = names.filter((name) => promise.has(name) && ![PRE, POST, NEVER].includes(name));
  if (named) return { protocol, outputs: [...new Set(named)], promise: aside };
  const readers = readersOf(program);
  const outputs = [...protocol].filter((name) => {
    const own = program.rules.filter(({ head }) => head.relation === name);
    if (own.every(keeps)) return false;
    const others = [...(readers.get(name) ?? [])].filter((reader) => reader !== name);
    return others.every((reader) => promise.has(reader)) || others.some((reader) => promise.has(reader));
  });
  return { protocol, outputs, promise: aside };
}

/** `pre`, `post`, `never`, and what is deduced for them and read by nothing else; without the outputs that are named. */
function promiseOf(program: Program, named: readonly string[] = []): ReadonlySet<string> {
  const readers = readersOf(program);
  const isDeduced = (name: string): boolean => {
    const own = program.rules.filter(({ head }) => head.relation === name);
    return own.length > 0 && own.every(({ time }) => time === 'deductive');
  };
  const isOpen = (name: string): boolean => program.relations.has(name) && !readers.has(name) && !named.includes(name);
  const promise = new Set([PRE, POST, NEVER].filter(isOpen));
  for (let before = -1; before < promise.size; ) {
    before = promise.size;
    for (const name of program.relations.keys()) {
      const others = [...(readers.get(name) ?? [])].filter((reader) => reader !== name);
      if (
        others.length > 0 &&
        others.every((reader) => promise.has(reader)) &&
        isDeduced(name) &&
        !named.includes(name)
      )
        promise.add(name);
    }
  }
  return promise;
}

/** By relation, the heads of the rules that read it. */
function readersOf({ rules }: Program): ReadonlyMap<string, ReadonlySet<string>> {
  const readers = new Map<string, Set<string>>();
  for (const rule of rules)
    for (const { atom } of subgoalsOf(rule))
      readers.set(atom.relation, (readers.get(atom.relation) ?? new Set()).add(rule.head.relation));
  return readers;
}
