/**
 * What a spec promises and does without faults, as an edit must leave it: nothing is mended by promising less.
 */

import type { Row } from '../core/value.js';
import { printClause } from '../dedalus/print.js';
import type { DedalusSystem } from '../lineage/ground/system.js';

/** A run without faults, as far as another program may be compared with it. */
export interface Doings {
  readonly outcome: 'holds' | 'vacuous' | 'violated';
  readonly pre: ReadonlySet<string>;
  readonly post: ReadonlySet<string>;
  /** The rules that fired, as they are printed. */
  readonly fired: ReadonlySet<string>;
  /** The relations that rules gave. */
  readonly given: ReadonlySet<string>;
  /** How many messages of a relation go from one node to another. */
  readonly messages: ReadonlyMap<string, number>;
}

const rowsOf = (rows: readonly Row[]): ReadonlySet<string> => new Set(rows.map((row) => JSON.stringify(row)));

export function doingsOf(system: DedalusSystem): Doings {
  const run = system.simulate([], { trace: true });
  const rules = new Set(run.raw.made.flatMap(({ firings }) => firings.map(({ rule }) => rule)));
  const clauses = [...rules].flatMap((rule) => system.program.rules[rule] ?? []);
  const messages = new Map<string, number>();
  for (const { from, to, relation } of run.messages()) {
    const key = JSON.stringify([relation, from, to]);
    messages.set(key, (messages.get(key) ?? 0) + 1);
  }
  return {
    outcome: run.outcome.kind,
    pre: rowsOf(run.rows('pre', run.eot)),
    post: rowsOf(run.rows('post', run.eot)),
    fired: new Set(clauses.map(printClause)),
    given: new Set(clauses.map(({ head }) => head.relation)),
    messages,
  };
}

const includes = (whole: ReadonlySet<string>, part: ReadonlySet<string>): boolean =>
  [...part].every((one) => whole.has(one));

/**
 * Why an edited spec does less than before; undefined if it does as much.
 * @param mayWait whether it may send less often, for it waits
 */
export function lessThan(
  before: Doings,
  after: Doings,
  program: ReadonlySet<string>,
  mayWait: boolean,
): string | undefined {
  if (after.outcome !== before.outcome) return `without faults it is ${after.outcome}`;
  if (!includes(after.pre, before.pre)) return 'without faults it promises less';
  if (!includes(after.post, before.post)) return 'without faults it keeps less';
  const silent = [...before.fired].find((rule) => program.has(rule) && !after.fired.has(rule));
  if (silent !== undefined) return `a rule no longer fires: ${silent}`;
  if (!includes(after.given, before.given)) return 'some rule no longer fires';
  for (const [key, count] of before.messages) {
    const now = after.messages.get(key) ?? 0;
    if (now === 0 || (!mayWait && now < count)) return 'it sends less';
  }
  return undefined;
}
