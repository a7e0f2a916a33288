/**
 * What is given to a search, as it comes from code that may not be typed: a system, or what one is made of.
 */
import { LdfiError } from '../core/invariant.js';
import { isProtocol } from '../protocol/define.js';

/** @throws LdfiError 'bad-options' that says how to make a system of it */
export function refuseStranger(given: unknown): void {
  if (typeof (given as { run?: unknown } | null | undefined)?.run === 'function') return;
  throw new LdfiError('bad-options', `search: ${isProtocol(given) ? PROTOCOL : OTHER}`);
}

const PROTOCOL =
  'a protocol has no bounds. Make a system of it, search(systemOf(protocol, bounds)), or ask for the verdict, check(protocol, bounds)';
const OTHER =
  'this is no system: make one with systemOf(protocol, bounds) of a protocol, or with new DedalusSystem(program, bounds) of a program';
