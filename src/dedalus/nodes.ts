/**
 * The values that stand for nodes: a name that is an integer stands for the number, unless the facts have the string as
 * a location.
 */
import { LdfiError } from '../core/invariant.js';
import type { Value } from '../core/value.js';
import type { Program } from './program.js';

/** The value of each node. @throws LdfiError 'bad-bounds' if the facts have both: one name would mean two nodes */
export function nodeValues({ facts }: Program, nodes: readonly string[]): Value[] {
  const locations = new Set(facts.map(({ row }) => row[0]));
  return nodes.map((name) => {
    const number = Number(name);
    const isNumber = Number.isSafeInteger(number) && String(number) === name;
    if (isNumber && locations.has(name) && locations.has(number))
      throw new LdfiError(
        'bad-bounds',
        `both the number ${name} and the string "${name}" are locations of facts, so that a node ${name} could be either; write all of them one way`,
      );
    return isNumber && !locations.has(name) ? number : name;
  });
}
