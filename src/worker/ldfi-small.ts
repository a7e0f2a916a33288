/**
 * What most protocols import from 'ldfi': little, so that a thread is soon ready. Who needs more of it gets a thread
 * with all of it.
 */
import { bloom, isBloom } from '../bloom/define.js';
import { LdfiError } from '../core/invariant.js';
import { linearizable, sequential } from '../history/linearizable.js';
import { models } from '../history/models.js';
import { monotonicReads, readYourWrites } from '../history/sessions.js';
import { sansIo } from '../protocol/adapters/sansio.js';
import { machineActor } from '../protocol/adapters/xstate.js';
import { defineProtocol, isProtocol } from '../protocol/define.js';
import { defineSystem, isSystem } from '../protocol/system/define.js';

const SMALL: Readonly<Record<string, unknown>> = {
  ...{ LdfiError, bloom, isBloom, defineProtocol, defineSystem, isProtocol, isSystem, machineActor, sansIo },
  ...{ linearizable, models, monotonicReads, readYourWrites, sequential },
};

/** What module systems ask for on their own account. */
const ASKED_BY_LOADERS = new Set(['__esModule', 'default', 'then', 'module.exports']);

/** @param lacks called when something is asked for that is not there */
export function smallLdfi(lacks: () => void): object {
  const look = (name: PropertyKey): void => {
    if (typeof name === 'string' && !Object.hasOwn(SMALL, name) && !ASKED_BY_LOADERS.has(name)) lacks();
  };
  return new Proxy(SMALL, {
    get(target, name) {
      look(name);
      return target[name as string];
    },
    has(target, name) {
      look(name);
      return name in target;
    },
    ownKeys(target) {
      lacks();
      return Reflect.ownKeys(target);
    },
  });
}
