/**
 * The checks of a protocol as bounds and names: what `resolveChecks` is for a Dedalus program.
 */
import { firstGiven, makeBounds } from '../faults/bounds.js';
import type { ProtocolInfo } from '../protocol/runtime/host.js';
import { type BoundOverrides, type Check, distinct } from '../search/check.js';

/**
 * The checks of a protocol. Without any there is one, with the default bounds. Checks that overriding makes equal are
 * one.
 * @param alone whether it is the only protocol of its module; else its name precedes the names of its checks
 * @throws LdfiError 'bad-bounds'
 */
export function protocolChecks(protocol: ProtocolInfo, overrides: BoundOverrides = {}, alone = true): Check[] {
  const overridden = Object.values(overrides).some((value) => value !== undefined);
  const asked = protocol.checks.length > 0 ? protocol.checks : [{}];
  const names = new Set<string>();
  const checks = asked.map((check, i): Check => {
    const bounds = makeBounds({ ...firstGiven(overrides, check), nodes: protocol.nodes });
    const own = check.name ?? (asked.length === 1 ? undefined : `check-${i + 1}`);
    let name = [...(alone && own !== undefined ? [] : [protocol.name]), ...(own === undefined ? [] : [own])].join(' ');
    while (names.has(name)) name = `${name}-${i + 1}`;
    names.add(name);
    const { expect, allow } = overridden ? {} : check;
    return { name, bounds, expect, ...(allow && { allow }) };
  });
  return overridden ? distinct(checks) : checks;
}
