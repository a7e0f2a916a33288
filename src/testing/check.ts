/**
 * `check`: one question about a protocol, asked from code.
 */

import { fileURLToPath } from 'node:url';
import { verdictOf } from '../answer/verdict.js';
import { LdfiError } from '../core/invariant.js';
import { boundNames, firstGiven, givenNames } from '../faults/bounds.js';
import type { Bounds } from '../faults/fault.js';
import { type ProtocolOptions, ProtocolSystem } from '../lineage/learned/system.js';
import { isProtocol } from '../protocol/define.js';
import { hostOf, type Runnable } from '../protocol/host-of.js';
import type { ProtocolHost } from '../protocol/runtime/host.js';
import { isSystem } from '../protocol/system/define.js';
import type { SearchOptions } from '../search/events.js';
import type { Verdict } from '../search/verdict.js';
import type { LoadedThread } from '../worker/thread-host.js';
import { watched } from './watchdog.js';

export interface CheckOptions extends SearchOptions, Pick<ProtocolOptions, 'lineage'> {
  /** Name of the protocol, where a module exports several. */
  readonly protocol?: string;
}

/** Bounds as code gives them; those of a protocol's own `checks` will do, with their names and expectations. */
export type GivenBounds = Partial<Omit<Bounds, 'nodes'>> & { readonly faults?: string | readonly string[] };

/**
 * A name that is misspelt would leave a bound at its default: a green that means less than it seems to. @throws
 * LdfiError 'bad-bounds'
 */
export function knownBounds(bounds: GivenBounds): GivenBounds {
  const strange = Object.keys(bounds ?? {}).filter(
    (name) => ![...givenNames(), 'name', 'expect', 'allow'].includes(name),
  );
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
  protocol: Runnable,
  bounds: Partial<Omit<Bounds, 'nodes'>>,
  options: ProtocolOptions = {},
): ProtocolSystem {
  if (!isProtocol(protocol) && !isSystem(protocol))
    throw new LdfiError(
      'bad-protocol',
      'this is no protocol: make one with defineProtocol({ … }), or defineSystem({ … })',
    );
  const host = hostOf(protocol, { watchdog: watched });
  return new ProtocolSystem(host, firstGiven(bounds), options);
}

/**
 * Searches a protocol for all its minimal counterexamples within bounds.
 *
 * ```ts
 * const verdict = await check(protocol, { eot: 8, eff: 4, crashes: 1 });
 * assert.equal(verdict.kind, 'holds');
 * await check(new URL('./protocol.ts', import.meta.url), { eot: 8 });
 * ```
 * A protocol that is given runs in this very process, where it may see what variables of a module, of a package or of
 * `globalThis` were left at by earlier runs; not all of that can be noticed. A module that is named is loaded in a
 * thread of its own, and the audit compares it with fresh threads.
 * @param protocol or an asynchronous system, or the module that exports it
 * @param bounds in ticks, and `crashes` in nodes; what is left out is 6, 3 and 0
 * @throws LdfiError for bounds that make no sense and for handlers that do what they must not; see `LdfiErrorCode`
 */
export async function check(
  protocol: Runnable | URL,
  bounds: GivenBounds = {},
  options: CheckOptions = {},
): Promise<Verdict> {
  const { lineage, protocol: name, ...how } = options;
  const known = knownBounds(bounds);
  const limits = lineage === undefined ? {} : { lineage };
  if (!(protocol instanceof URL)) return verdictOf(systemOf(protocol, known, limits), how);
  const { ModuleThread } = await import('../worker/thread-host.js');
  const thread = new ModuleThread(fileURLToPath(protocol), { signal: how.signal });
  try {
    const host = hostIn(await thread.load(), name);
    return await verdictOf(new ProtocolSystem(host, firstGiven(known), limits), how);
  } finally {
    thread.close();
  }
}

/** The protocol of a module that is meant. @throws LdfiError 'bad-protocol', or what loading the module threw */
function hostIn({ thrown, problems, protocols }: LoadedThread, name: string | undefined): ProtocolHost {
  if (thrown) throw thrown;
  const [problem] = problems;
  if (problem) throw new LdfiError('bad-protocol', `${problem.message} (${problem.hint})`);
  const meant = protocols.filter(({ info }) => name === undefined || info.name === name);
  const [only] = meant;
  if (only && meant.length === 1) return only.host;
  const names = protocols.map(({ info }) => info.name).join(', ');
  throw new LdfiError('bad-protocol', `the module exports ${names}: say which, { protocol: 'name' }`);
}
