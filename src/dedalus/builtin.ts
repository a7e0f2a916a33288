/** Names with a meaning of their own (reference §4 and §5). */
import type { Program } from './program.js';
import { subgoalsOf } from './terms.js';

/** `crash(Observer, Node, CrashTick)`: the built-in relation. */
export const CRASH = 'crash';
/** Written arguments of `crash`; the tick at which it is looked up is implicit, as for every relation. */
export const CRASH_ARITY = 3;

/** The relations that say what is promised. */
export const PRE = 'pre';
export const POST = 'post';

/** Any row of it, at any tick, breaks the promise; an ordinary relation where a rule reads it. */
export const NEVER = 'never';

/** Whether the program promises something of every tick. */
export const hasNever = ({ relations, rules }: Program): boolean =>
  relations.has(NEVER) && !rules.some((rule) => subgoalsOf(rule).some(({ atom }) => atom.relation === NEVER));
