/**
 * Work that goes on after a handler has returned: promises that are waited for, files, sockets, whatever calls back
 * later.
 *
 * Such work cannot change a run, which is over before it comes; but its author believes that it does. Node tells of
 * everything asynchronous that is begun (`async_hooks`): promises count once something that waits for them goes on.
 */
import { createHook } from 'node:async_hooks';
import { LdfiError } from '../core/invariant.js';

/** Never begun by what comes back before a handler returns. */
const ALWAYS_LATER =
  /^(?:FS|STAT|TCP|UDP|PIPE|TTY|HTTP|TLS|DNS|GETADDR|GETNAME|QUERY|PROCESS|WORKER|FILEHANDLE|SIGNAL|Timeout|Immediate)/;

export interface UnfinishedWork {
  /** Whether anything was begun since it was last asked. */
  wasBegun(): boolean;
  /** @throws LdfiError 'impure-handler' once for all that was seen */
  refuse(): void;
}

/** What leads out of a virtual world, which has promises and timers of its own. */
const OUTSIDE = /^(?:.*REQUEST|ZLIB|MESSAGEPORT|BLOBREADER)/;

/**
 * @param call the call of the protocol's code under way, in words; undefined while none is
 * @param task the same of a system in its virtual world
 */
export function watchPendingWork(call: () => string | undefined, task: () => string | undefined): UnfinishedWork {
  const begun = new Map<number, string>();
  let isNew = false;
  let seen: string | undefined;
  let escaped: string | undefined;
  createHook({
    init(id, type) {
      const inWorld = task();
      if (inWorld !== undefined) {
        if (type !== 'Timeout' && type !== 'Immediate' && (ALWAYS_LATER.test(type) || OUTSIDE.test(type)))
          escaped ??= `${inWorld} reaches outside of the virtual world (${type}): it has no sockets, files, threads or processes. Let a node stand for the outside`;
        return;
      }
      const during = call();
      if (during === undefined) return;
      isNew = true;
      if (ALWAYS_LATER.test(type)) seen ??= during;
      else begun.set(id, during);
    },
    before(id) {
      seen ??= begun.get(id);
    },
    destroy(id) {
      begun.delete(id);
    },
    promiseResolve() {
      // Only for it does Node tell what becomes of promises.
    },
  }).enable();
  return {
    wasBegun() {
      const was = isNew;
      isNew = false;
      return was;
    },
    refuse() {
      const outside = escaped;
      escaped = undefined;
      if (outside !== undefined) throw new LdfiError('impure-handler', outside);
      if (seen === undefined) return;
      const problem = `${seen} begins work that goes on after it has returned: handlers run to completion. Await nothing; send a message or set a timer for what comes later`;
      seen = undefined;
      throw new LdfiError('impure-handler', problem);
    },
  };
}
