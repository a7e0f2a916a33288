/**
 * What is given to a search, as it comes from code that may not be typed: a system, or what one is made of.
 */
import { LdfiError } from '../core/invariant.js';

/** @throws LdfiError 'bad-options' that says how to make a system of it */
export function requireSystem(given: unknown): void {
  if (typeof (given as { run?: unknown } | null | undefined)?.run === 'function') return;
  throw new LdfiError(
    'bad-options',
    'search: this is no system. Of a protocol, which has no bounds, make one, search(systemOf(protocol, bounds)), or ask for the verdict, check(protocol, bounds); of a program, with new DedalusSystem(program, bounds)',
  );
}
