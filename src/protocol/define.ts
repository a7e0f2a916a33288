/**
 * `defineProtocol`: a protocol from its parts, checked.
 */
import { LdfiError, problemsInWords } from '../core/invariant.js';
import type { AnyProtocol, Protocol, ProtocolDefinition } from './types.js';
import { problemsOf } from './validate.js';

/**
 * Marks protocols, also those made by another copy of this package (a test suite's own, beside that of the command
 * line).
 */
const MARK = Symbol.for('ldfi.protocol');

/**
 * A protocol to be tested, from plain message handlers. The type of states follows from `state`, those of messages and
 * facts from `types: {} as { message: Message; fact: Fact }`, which may have `state` as well; or give all three:
 * `defineProtocol<State, Message, Fact>({…})`.
 * @throws LdfiError 'bad-protocol' that lists every problem
 */
export function defineProtocol<S, M = unknown, F = unknown>(
  definition: ProtocolDefinition<S, M, F>,
): Protocol<S, M, F> {
  const problems = problemsOf(definition);
  if (problems.length > 0)
    throw new LdfiError('bad-protocol', `defineProtocol: ${problemsInWords(problems)}`, problems);
  const protocol: Protocol<S, M, F> = {
    kind: 'protocol',
    definition,
    name: definition.name,
    nodes: Object.freeze([...definition.nodes].sort()),
    checks: definition.checks ?? [],
    always: definition.always !== undefined,
    durable:
      typeof definition.durable === 'function'
        ? ['what `durable` makes of the state']
        : [...(definition.durable ?? [])],
  };
  Object.defineProperty(protocol, MARK, { value: true });
  return Object.freeze(protocol);
}

/** Whether a value (a module's export, say) was made by `defineProtocol`. */
export function isProtocol(value: unknown): value is AnyProtocol {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[MARK] === true;
}
