/**
 * Guards: while handlers run, what would make a run differ from the next one is out of reach, and says what to use instead.
 *
 * Gates (`gates.ts`) stand before such functions all the time; they are closed for the length of a synchronous call. What a handler could reach by other
 * ways (a module's own variables, what was kept before the gates stood) is found by the audit of its transitions.
 */
import { gatePlaces, type Place } from './gatehouse.js';
import { close, isGate, open } from './gates.js';

/** A handler reached for something that would make runs differ. */
export class Impure extends Error {
  constructor(readonly problem: string) {
    super(problem);
    this.name = 'Impure';
  }
}

let closed = false;
/** What a test suite had put in a gate's place, to be put back. */
let displaced: readonly (readonly [place: Place, own: unknown])[] = [];
/** What a handler reached for in the guarded call under way, even if it caught the error. */
let caught: Impure | undefined;

/** Calls `work` with the guards up. What it throws comes through. Of nested calls only the outermost one does anything. */
export function guarded<T>(work: () => T): T {
  if (closed) return work();
  caught = undefined;
  displaced = gateOthers();
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
  for (const [{ holder, name }, own] of displaced) holder[name] = own;
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

/** A test suite may have put functions of its own in places of gates, like a clock that stands still. They get gates as well. */
function gateOthers(): readonly (readonly [Place, unknown])[] {
  const found: (readonly [Place, unknown])[] = [];
  for (const place of gatePlaces()) {
    const own = place.holder[place.name];
    if (isGate(own) || typeof own !== 'function') continue;
    found.push([place, own]);
    place.holder[place.name] = place.gated(own as never);
  }
  return found;
}
