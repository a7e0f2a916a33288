/**
 * `check`: one question about a protocol, asked from code.
 */

import { verdictOf } from '../answer/verdict.js';
import { LdfiError } from '../core/invariant.js';
import { boundNames, firstGiven } from '../faults/bounds.js';
import type { Bounds } from '../faults/fault.js';
import { type ProtocolOptions, ProtocolSystem } from '../lineage/learned/system.js';
import { isProtocol } from '../protocol/define.js';
import { LocalHost } from '../protocol/local.js';
import type { AnyProtocol } from '../protocol/types.js';
import type { SearchOptions } from '../search/events.js';
import type { Verdict } from '../search/verdict.js';
import { watched } from './watchdog.js';

export interface CheckOptions extends SearchOptions, Pick<ProtocolOptions, 'lineage'> {}

/** Bounds as code gives them; those of a protocol's own `checks` will do, with their names and expectations. */
export type GivenBounds = Partial<Omit<Bounds, 'nodes'>>;

/** A name that is misspelt would leave a bound at its default: a green that means less than it seems to. @throws LdfiError 'bad-bounds' */
export function knownBounds(bounds: GivenBounds): GivenBounds {
  const strange = Object.keys(bounds ?? {}).filter((name) => ![...boundNames(), 'name', 'expect'].includes(name));
  if (strange.length === 0) return bounds ?? {};
  throw new LdfiError(
    'bad-bounds',
    `there is no bound "${strange[0]}"; there are ${boundNames()
      .join(', ')
      .replace(/, (?=\w+$)/, ' and ')}`,
  );
}

/** A protocol as a system whose runs are watched for handlers that do not return. @throws LdfiError 'bad-bounds' */
export function systemOf(
  protocol: AnyProtocol,
  bounds: Partial<Omit<Bounds, 'nodes'>>,
  options: ProtocolOptions = {},
): ProtocolSystem {
  if (!isProtocol(protocol))
    throw new LdfiError('bad-protocol', 'this is no protocol: make one with defineProtocol({ … })');
  const host = new LocalHost(protocol, { watchdog: watched });
  return new ProtocolSystem(host, firstGiven(bounds), options);
}

/**
 * Searches a protocol for all its minimal counterexamples within bounds.
 *
 * ```ts
 * const verdict = await check(protocol, { eot: 8, eff: 4, crashes: 1 });
 * assert.equal(verdict.kind, 'holds');
 * ```
 * @param bounds in ticks, and `crashes` in nodes; what is left out is 6, 3 and 0
 * @throws LdfiError for bounds that make no sense and for handlers that do what they must not; see `LdfiErrorCode`
 */
export async function check(
  protocol: AnyProtocol,
  bounds: GivenBounds = {},
  options: CheckOptions = {},
): Promise<Verdict> {
  const { lineage, ...how } = options;
  const system = systemOf(protocol, knownBounds(bounds), lineage === undefined ? {} : { lineage });
  return verdictOf(system, how);
}
