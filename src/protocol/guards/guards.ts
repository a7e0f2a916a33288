/**
 * Guards: while handlers run, what would make a run differ from the next one is out of reach, and says what to use
 * instead.
 *
 * Guards (`guarded-functions.ts`) stand before such functions, for the length of a synchronous call at least, and are
 * closed then. What a handler could reach by other ways (a module's own variables, what was kept before the guards
 * stood) is found by the audit of its transitions.
 */

import { close, isGuarded, open } from './guarded-functions.js';
import { guardedPlaces, type Place } from './guarded-places.js';

/** A handler reached for something that would make runs differ. */
export class Impure extends Error {
  constructor(readonly problem: string) {
    super(problem);
    this.name = 'Impure';
  }
}

let closed = false;
/** Guards that were put up for the call under way: quick, because it is done in every run. */
const placed: Placed[] = [];
/** What a handler reached for in the guarded call under way, even if it caught the error. */
let caught: Impure | undefined;

/**
 * Calls `work` with the guards up. What it throws comes through. Of nested calls only the outermost one does anything.
 */
export function guarded<T>(work: () => T): T {
  if (closed) return work();
  caught = undefined;
  putUp();
  closed = true;
  close(complain);
  try {
    return work();
  } finally {
    release();
  }
}

/** Takes the guards down. For work that was stopped from outside, which skips every `finally`. */
export function release(): void {
  if (!closed) return;
  open();
  closed = false;
  for (const one of placed) {
    if (!one.up) continue;
    one.place.holder[one.place.name] = one.own;
    one.up = false;
  }
}

/** What a handler has reached for since it was last asked, whether or not it caught the error. */
export function takeImpurity(): Impure | undefined {
  const found = caught;
  caught = undefined;
  return found;
}

function complain(said: string, instead: string): never {
  caught ??= new Impure(`${said} was used: ${instead}`);
  throw caught;
}

/** A place, what was found in it, and the guard for that. */
interface Placed {
  readonly place: Place;
  own: unknown;
  guard: unknown;
  up: boolean;
}

/**
 * Puts guards where none stands for good, or where a test suite has put a function of its own, like a clock that stands
 * still.
 */
function putUp(): void {
  const places = guardedPlaces();
  for (let i = placed.length; i < places.length; i++)
    placed.push({ place: places[i] as Place, own: undefined, guard: undefined, up: false });
  for (const one of placed) {
    const { holder, name, guardFor } = one.place;
    const own = holder[name];
    if (own !== one.own) {
      one.own = own;
      one.guard = own === undefined || own === null || isGuarded(own) ? undefined : guardFor(own);
    }
    if (one.guard === undefined) continue;
    holder[name] = one.guard;
    one.up = true;
  }
}
