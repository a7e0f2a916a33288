/**
 * What clients asked and were told, without faults and with them: what they read beside what they should have read.
 */
import { groupBy } from '../../../core/memo.js';
import type { RunResult } from './schema.js';

type Operation = RunResult['operations'][number];

export interface Read {
  readonly client: string;
  readonly node: string;
  readonly asks: string;
  /** Whether it is one of the reads at the end. */
  readonly isLast: boolean;
  /** In words; undefined if it was not asked. */
  readonly good: string | undefined;
  readonly bad: string | undefined;
  readonly differs: boolean;
}

/** Most operations that are listed. */
const MOST = 200;

/** In order; of the reads at the end the last round of each run. */
export function readsOf(good: RunResult | undefined, bad: RunResult): Read[] {
  const [before, now] = [numbered(good), numbered(bad)];
  const names = [...new Set([...before.keys(), ...now.keys()])];
  return names.slice(0, MOST).map((name): Read => {
    const [one, other] = [before.get(name), now.get(name)];
    const { client, node, asks, round } = (other ?? one) as Operation;
    const [left, right] = [one && told(one), other && told(other)];
    const differs = good !== undefined && (one && said(one)) !== (other && said(other));
    return { client, node, asks, isLast: round > 0, good: left, bad: right, differs };
  });
}

/** Operations by a name that is the same in both runs. */
function numbered(run: RunResult | undefined): Map<string, Operation> {
  const operations = run?.operations ?? [];
  const last = Math.max(0, ...operations.map(({ round }) => round));
  const shown = operations.filter(({ round }) => round === 0 || round === last);
  const alike = groupBy(shown, ({ client, node, asks, round }) => JSON.stringify([client, node, asks, round > 0]));
  const named = [...alike].flatMap(([name, same]) => same.map((one, i) => [`${name} ${i}`, one] as const));
  const places = new Map(shown.map((one, i) => [one, i]));
  return new Map(named.sort(([, a], [, b]) => (places.get(a) ?? 0) - (places.get(b) ?? 0)));
}

const said = ({ status, answer }: Operation): string => `${status} ${answer ?? ''}`;

const told = ({ status, answer, invoked, completed }: Operation): string =>
  completed === undefined
    ? `no answer (asked at tick ${invoked})`
    : `${answer ?? status}${status === 'unknown' ? ', which leaves open whether it took effect' : ''} (tick ${completed})`;
