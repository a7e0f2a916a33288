/**
 * Handlers that nobody will ever call, because their name is not quite right: types catch them, and not everybody uses types.
 */
import { closest, distance } from 'fastest-levenshtein';
import { LdfiError } from '../core/invariant.js';
import type { AnyProtocol, ProtocolDefinition } from './types.js';

const HANDLERS = ['init', 'onMessage', 'onTimer'];

/** The name that was meant, if one is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const meant = closest(name, names);
  return distance(name, meant) <= 2 ? meant : undefined;
}

/** @throws LdfiError 'bad-protocol' */
export function refuseMisspelt({ definition, nodes }: AnyProtocol): void {
  for (const id of nodes) {
    const actor = actorOf(definition, id);
    if (actor === undefined) continue;
    const own = Object.entries(actor).filter(([, value]) => typeof value === 'function');
    for (const [name] of own) {
      const meant = HANDLERS.includes(name) ? undefined : nearest(name, HANDLERS);
      if (meant)
        throw new LdfiError('bad-protocol', `the actor of ${id} has "${name}", which is no handler: is it ${meant}?`);
    }
    if (own.length > 0 && !HANDLERS.some((name) => name in actor))
      throw new LdfiError(
        'bad-protocol',
        `the actor of ${id} has no handler: they are named ${HANDLERS.join(', ')}, not ${own.map(([name]) => name).join(', ')}`,
      );
  }
}

/** What cannot be had is complained about where it is needed. */
function actorOf(definition: ProtocolDefinition<unknown, unknown>, id: string): object | undefined {
  try {
    const actor: unknown = definition.actor(id);
    return typeof actor === 'object' && actor !== null ? actor : undefined;
  } catch {
    return undefined;
  }
}
