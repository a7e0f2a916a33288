/**
 * Late uses of `ctx`: work that goes on after its handler has returned, as promises and callbacks do.
 *
 * Such work cannot change a run, which is over before it comes; but its author believes that it does. It is noted per
 * protocol, and is an error of the next run, or of the check that is about to give its verdict.
 */
import { LdfiError } from '../../core/invariant.js';
import type { AnyProtocol } from '../types.js';

const noted = new WeakMap<AnyProtocol, LdfiError>();

/** Notes that `what` was used too late. */
export function noteUseAfterReturn(protocol: AnyProtocol, what: string): void {
  if (noted.has(protocol)) return;
  const problem = `${what} was used after its handler had returned: handlers run to completion. Use ctx.setTimer`;
  noted.set(protocol, new LdfiError('impure-handler', problem));
}

/** @throws LdfiError 'impure-handler' if something was noted since it was last asked */
export function refuseUseAfterReturn(protocol: AnyProtocol): void {
  const late = noted.get(protocol);
  noted.delete(protocol);
  if (late) throw late;
}
