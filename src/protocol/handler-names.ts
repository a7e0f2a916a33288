/**
 * Handlers that nobody will ever call, because their name is not quite right: types catch them, and not everybody uses
 * types.
 */
import { closest, distance } from 'fastest-levenshtein';
import { LdfiError, type Problem, problemsInWords } from '../core/invariant.js';
import type { AnyProtocol, ProtocolDefinition } from './types.js';

const HANDLERS = ['init', 'onMessage', 'onTimer', 'onRestart'];

/** The name that was meant, if one is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const meant = closest(name, names);
  return distance(name, meant) <= 2 ? meant : undefined;
}

/**
 * Names of the handlers that any node has. @throws LdfiError 'bad-protocol' that lists every name that is not quite
 * right
 */
export function handlersOf({ definition, nodes }: AnyProtocol): string[] {
  const present = new Set<string>();
  const problems = new Map<string, Problem>();
  for (const id of nodes) {
    const actor = actorOf(definition, id);
    const own = actor === undefined ? [] : HANDLERS.filter((name) => name in actor);
    for (const name of own) present.add(name);
    for (const name of functionsOf(actor)) {
      const meant = HANDLERS.includes(name) ? undefined : handlerLike(name);
      if ((!meant && own.length > 0) || problems.has(name)) continue;
      const hint = meant ? `is it ${meant}?` : `handlers are named ${HANDLERS.join(', ')}`;
      problems.set(name, {
        path: ['actor', name],
        message: `the actor of ${id} has "${name}", which is no handler`,
        hint,
      });
    }
  }
  const found = [...problems.values()];
  if (found.length > 0) throw new LdfiError('bad-protocol', problemsInWords(found), found);
  return HANDLERS.filter((name) => present.has(name));
}

/** An actor may have methods for itself, and their names may be short: `emit` is not meant to be `init`. */
function handlerLike(name: string): string | undefined {
  const meant = nearest(name, HANDLERS);
  return meant !== undefined && distance(name, meant) < meant.length / 3 ? meant : undefined;
}

/** Names of the actor's functions, those of its class included. */
function functionsOf(actor: object | undefined): string[] {
  const names = new Set<string>();
  for (let at: object | null | undefined = actor; at && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (typeof value === 'function' && name !== 'constructor') names.add(name);
  return [...names];
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
