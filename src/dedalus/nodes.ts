/**
 * The values that stand for nodes: a name that is an integer stands for the number, unless the facts have the string as
 * a location.
 */
import { LdfiError } from '../core/invariant.js';
import type { Value } from '../core/value.js';
import type { Program } from './program.js';

/** The nodes, in order, by their values. @throws LdfiError 'bad-bounds' where the facts have both */
export function nodesByValue({ facts }: Program, nodes: readonly string[]): Map<Value, string> {
  const locations = new Set(facts.map(({ row }) => row[0]));
  const standsFor = (name: string): Value => {
    const number = Number(name);
    const isNumber = Number.isSafeInteger(number) && String(number) === name;
    if (isNumber && locations.has(name) && locations.has(number))
      throw new LdfiError(
        'bad-bounds',
        `both the number ${name} and the string "${name}" are locations of facts, so that a node ${name} could be either; write all of them one way`,
      );
    return isNumber && !locations.has(name) ? number : name;
  };
  return new Map(nodes.map((name) => [standsFor(name), name]));
}
