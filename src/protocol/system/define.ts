/**
 * `defineSystem`: a system of asynchronous programs from its parts, checked.
 */
import { LdfiError, type Problem, problemsInWords } from '../../core/invariant.js';
import { isOptional, must, problemsWith, unknownKeys } from '../validate.js';
import type { AnySystem, AsyncSystem, SystemDefinition } from './types.js';

/** Marks systems, also those made by another copy of this package. */
const MARK = Symbol.for('ldfi.system');

const KEYS = ['name', 'nodes', 'types', 'start', 'check', 'always', 'checks', 'tickMs', 'seed'];

/** Milliseconds: an hour. */
const LONGEST_TICK = 3_600_000;

/**
 * A system to be tested, from asynchronous code as it is: each node runs `start`, under a virtual clock.
 *
 * ```ts
 * export default defineSystem({
 *   name: 'ping',
 *   nodes: ['a', 'b'],
 *   start: async (node, net) => {
 *     if (node.id === 'b') net.on(() => 'pong');
 *     else node.log(await net.request('b', 'ping', { timeout: 50 }));
 *   },
 *   check: (world) => (world.log('a').length === 1 ? 'holds' : { violated: 'no answer' }),
 * });
 * ```
 * @throws LdfiError 'bad-protocol' that lists every problem
 */
export function defineSystem<S = unknown, M = unknown, F = unknown>(
  definition: SystemDefinition<S, M, F>,
): AsyncSystem<S, M, F> {
  const problems = problemsOf(definition);
  if (problems.length > 0) throw new LdfiError('bad-protocol', `defineSystem: ${problemsInWords(problems)}`, problems);
  const system: AsyncSystem<S, M, F> = {
    kind: 'system',
    definition,
    name: definition.name,
    nodes: Object.freeze([...definition.nodes].sort()),
    checks: definition.checks ?? [],
    always: definition.always !== undefined,
    durable: ['what is on the disk'],
    tickMs: definition.tickMs ?? 10,
  };
  Object.defineProperty(system, MARK, { value: true });
  return Object.freeze(system);
}

/** Whether a value (a module's export, say) was made by `defineSystem`. */
export function isSystem(value: unknown): value is AnySystem {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[MARK] === true;
}

/** @param definition what plain JavaScript hands over may be anything */
function problemsOf(definition: unknown): Problem[] {
  if (typeof definition !== 'object' || definition === null)
    return [{ path: [], message: 'there is no definition', hint: 'defineSystem({ name, nodes, start, check })' }];
  const given: Record<string, unknown> = { ...definition };
  const { start, tickMs } = given;
  const fits = Number.isSafeInteger(tickMs) && Number(tickMs) >= 1 && Number(tickMs) <= LONGEST_TICK;
  const own = [
    ...must(typeof start === 'function', given, 'start', 'a function', 'like async (node, net) => { … }'),
    ...must(
      isOptional(tickMs, 'number') && (tickMs === undefined || fits),
      given,
      'tickMs',
      `milliseconds: an integer from 1 to ${LONGEST_TICK}`,
    ),
  ];
  return [...problemsWith(own, given), ...unknownKeys(given, KEYS, [])];
}
