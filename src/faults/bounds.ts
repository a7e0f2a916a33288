/**
 * Bounds: validation, and the size of the scenario space.
 */
import { LdfiError } from '../core/invariant.js';
import type { Bounds } from './fault.js';

/** The largest values accepted; beyond them nothing here ends in useful time. */
export const BOUND_LIMITS = { eot: 1000, eff: 1000, crashes: 64, nodes: 64, faults: 500_000 } as const;

/**
 * Bounds with sorted, distinct nodes.
 * @throws LdfiError 'bad-bounds' that lists every problem
 */
export function makeBounds(bounds: Bounds): Bounds {
  const problems: string[] = [];
  const integer = (name: 'eot' | 'eff' | 'crashes', least: number): void => {
    const value = bounds[name];
    if (!Number.isInteger(value) || value < least || value > BOUND_LIMITS[name])
      problems.push(`${name} must be an integer from ${least} to ${BOUND_LIMITS[name]}, not ${value}`);
  };
  integer('eot', 1);
  integer('eff', 0);
  integer('crashes', 0);
  const nodes = [...new Set(bounds.nodes)].sort();
  if (nodes.length === 0) problems.push('there must be at least one node');
  if (nodes.length > BOUND_LIMITS.nodes) problems.push(`at most ${BOUND_LIMITS.nodes} nodes, not ${nodes.length}`);
  const slots = nodes.length * (nodes.length - 1) * Math.max(0, Math.min(bounds.eff, bounds.eot) - 1);
  const faults = slots + (bounds.crashes > 0 ? nodes.length * (bounds.eot - 1) : 0);
  if (faults > BOUND_LIMITS.faults)
    problems.push(`${faults} faults are possible, the limit is ${BOUND_LIMITS.faults}: lower eff or use fewer nodes`);
  if (problems.length > 0) throw new LdfiError('bad-bounds', problems.join('; '));
  return { eot: bounds.eot, eff: bounds.eff, crashes: bounds.crashes, nodes };
}

/**
 * How many scenarios a brute-force search would face:
 * C(n,c) · s^(EFF(n−c)) · (Σ over t = 1..EOT+1 of s^min(EFF,t−1))^c, with s = 2^(n−1) the choices of one node at one tick.
 * With exactly c crashers; the count used in the literature (Alvaro et al., SIGMOD 2015).
 */
export function combinations({ eot, eff, crashes, nodes }: Bounds): bigint {
  const n = nodes.length;
  if (crashes > n) return 0n;
  const choices = 2n ** BigInt(n - 1);
  let crashTimes = 0n;
  for (let t = 1; t <= eot + 1; t++) crashTimes += choices ** BigInt(Math.min(eff, t - 1));
  return binomial(n, crashes) * choices ** BigInt(eff * (n - crashes)) * crashTimes ** BigInt(crashes);
}

/**
 * How many different scenarios (in canonical form) the bounds admit. Per node that does not crash, any of its slots that can be lost may be;
 * per node that crashes at t, any of those before t. The count of the literature (`combinations`) is larger: it also counts ticks at which
 * nothing can be lost or crash.
 */
export function scenarioCount({ eot, eff, crashes, nodes }: Bounds): bigint {
  const n = BigInt(nodes.length);
  const lossyTicks = Math.max(0, Math.min(eff, eot) - 1);
  const losses = (ticks: number): bigint => 2n ** ((n - 1n) * BigInt(ticks));
  let crashed = 0n;
  for (let tick = 1; tick < eot; tick++) crashed += losses(Math.min(lossyTicks, tick - 1));
  let count = 0n;
  let choices = 1n;
  for (let dead = 0n; dead <= BigInt(Math.min(crashes, nodes.length)); dead++) {
    count += choices * losses(lossyTicks) ** (n - dead) * crashed ** dead;
    choices = (choices * (n - dead)) / (dead + 1n);
  }
  return count;
}

function binomial(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}
