/**
 * What the outcome hangs on: the entries that the check looked at, and of these the ones that are otherwise in the
 * runs that keep the promise.
 */

import { distinctBy } from '../../../core/distinct.js';
import { type Broken, isBrokenAt, rowOf } from '../../../core/outcome.js';
import { answerTo, type Read } from '../../../protocol/runtime/probe.js';
import type { Final } from '../../../protocol/runtime/run.js';
import type { Case } from '../case.js';
import type { FactKey } from '../views.js';
import { type Entry, keyOfEntry, looksAt } from './entries.js';
import { entryFact } from './facts.js';
import type { Walked } from './history.js';

/** The tick at which a run is judged: the end, or that at which it breaks a promise of every tick. */
function judgedAt({ outcome, eot }: Walked): number {
  const [first] = (outcome.witnesses as readonly Broken[]).filter(isBrokenAt);
  return first?.tick ?? eot;
}

/** All nodes at a tick that is judged. */
const worldAt = ({ walk, eot }: Walked, tick: number): readonly Final[] =>
  tick === eot ? walk.finals : (walk.ticks[tick - 1] ?? walk.finals);

/** What the judgement of a tick read in a run; handlers that threw were judged without it. */
function readsOf(run: Walked, tick = judgedAt(run)): readonly Read[] {
  const { tree, always } = run.known;
  const isOfTick = run.outcome.witnesses.some(isBrokenAt) || tick < run.eot;
  return (isOfTick && always ? always : tree).decide(worldAt(run, tick)).reads;
}

/** The entries that the check looked at, by node. */
export function entriesRead(run: Walked): { readonly node: number; readonly entry: Entry }[] {
  const found = new Map<string, { node: number; entry: Entry }>();
  for (const { probe } of readsOf(run))
    for (const entry of run.entries(probe.node, judgedAt(run)).values())
      if (looksAt(probe, entry)) found.set(`${probe.node} ${keyOfEntry(entry)}`, { node: probe.node, entry });
  const threw = run.walk.finals.flatMap(({ failure }, node) => (failure === undefined ? [] : [node]));
  for (const node of threw)
    for (const entry of run.entries(node, run.eot).values())
      if (entry.relation === 'threw') found.set(`${node} ${keyOfEntry(entry)}`, { node, entry });
  return [...found.values()];
}

/**
 * The facts at the end that the outcome comes down to. Of a run that breaks the promise: what is there and was brought
 * about, or is not there, otherwise than in a run that keeps it; else what the check looked at and a handler wrote.
 */
export function rootsOf(it: Case<Walked>): FactKey[] {
  const { run } = it;
  const kind = run.outcome.kind;
  const differing = kind === 'violated' ? it.references.flatMap((other) => differences(it, other)) : [];
  const roots = differing.length > 0 ? differing : writtenReads(it);
  const witnesses = run.outcome.witnesses.map((broken) => String(rowOf(broken)[0]));
  const rank = ({ row }: FactKey): number => (witnesses.includes(String(row[0])) ? 0 : 1);
  // Of one place the first is enough, unless it is a set.
  const place = ({ relation, row: [node, path = '', value = ''] }: FactKey): string =>
    JSON.stringify([relation, node, path, String(value).startsWith('has ') && value]);
  return distinctBy(roots, place).sort((a, b) => rank(a) - rank(b));
}

/** What the check looked at and a handler wrote. */
export function writtenReads(it: Case<Walked>): FactKey[] {
  const { run } = it;
  const { known } = run;
  return entriesRead(run)
    .filter(({ node, entry }) => run.writer(node, keyOfEntry(entry), judgedAt(run))?.cause.kind !== 'init')
    .map(({ node, entry }) => entryFact(known.nodes[node] ?? '', entry, judgedAt(run)));
}

/** What the check looked at and is otherwise in another run. */
function differences(it: Case<Walked>, other: Walked): FactKey[] {
  const { run } = it;
  const { known } = run;
  if (other.outcome.kind === 'violated') return [];
  const tick = judgedAt(run);
  const here = differing(it, other, readsOf(run));
  // What only the other run was judged by, the state of a node that has crashed here, say, is the second choice.
  const state = here.length > 0 ? here : differing(it, other, readsOf(other, tick));
  const threw = run.walk.finals.flatMap(({ failure }, node) =>
    failure !== undefined && other.walk.finals[node]?.failure === undefined ? [node] : [],
  );
  for (const node of threw)
    for (const entry of run.entries(node, run.eot).values())
      if (entry.relation === 'threw') state.push(entryFact(known.nodes[node] ?? '', entry, run.eot));
  if (state.length > 0) return state;
  return known.nodes.flatMap((name, node) =>
    worldAt(run, tick)[node]?.alive === worldAt(other, tick)[node]?.alive
      ? []
      : [{ relation: 'up', row: [name], tick }],
  );
}

/**
 * Entries behind reads that are answered otherwise in another run: those that a handler wrote here, and what lacks
 * here.
 */
function differing({ run, run: { known } }: Case<Walked>, other: Walked, reads: readonly Read[]): FactKey[] {
  const tick = judgedAt(run);
  return reads.flatMap(({ probe }) => {
    const [one, two] = [worldAt(run, tick)[probe.node], worldAt(other, tick)[probe.node]];
    if (!one || !two || probe.part === 'alive' || answerTo(probe, one) === answerTo(probe, two)) return [];
    const lookedAt = (one: Walked): Entry[] =>
      [...one.entries(probe.node, tick).values()].filter((entry) => looksAt(probe, entry));
    const [mine, theirs] = [lookedAt(run), lookedAt(other)];
    const [keysMine, keysTheirs] = [mine, theirs].map((list) => new Set(list.map(keyOfEntry)));
    // What the other run had as well, and wrote over later, is merely stale here: what lacks says more.
    const isWritten = (entry: Entry): boolean => {
      const writer = run.writer(probe.node, keyOfEntry(entry), tick);
      return writer !== undefined && !other.entries(probe.node, writer.tick).has(keyOfEntry(entry));
    };
    const brought = mine.filter((entry) => !keysTheirs?.has(keyOfEntry(entry)) && isWritten(entry));
    const lacking = theirs.filter(
      (entry) => !keysMine?.has(keyOfEntry(entry)) && !brought.some((one) => overlap(one, entry)),
    );
    return [...lacking, ...brought].map((entry) => entryFact(known.nodes[probe.node] ?? '', entry, tick));
  });
}

/** Whether one is at the place of the other, or in it: a container may be one entry here and several there. */
const overlap = (a: Entry, b: Entry): boolean =>
  a.relation === b.relation && a.steps.slice(0, b.steps.length).every((step, i) => step === b.steps[i]);

/** What is otherwise at the end, in words: `b.has is false, not true`. */
export function contrastsOf(it: Case<Walked>): string[] {
  const { run } = it;
  const { known } = run;
  const others = it.references.filter(({ outcome }) => outcome.kind !== 'violated');
  const words = rootsOf(it).flatMap((fact) => {
    const [name, path, value] = fact.row.map(String);
    if ((fact.relation !== 'state' && fact.relation !== 'log') || value === undefined) return [];
    const node = known.nodes.indexOf(name ?? '');
    const at = (one: Walked): string | undefined =>
      [...one.entries(node, judgedAt(run)).values()].find(
        (entry) => entry.relation === fact.relation && entry.path === path,
      )?.value;
    const holds = run.holds(fact);
    const [here, there] = holds ? [value, others.map(at).find((other) => other !== value)] : [at(run), value];
    const text = known.text({ relation: fact.relation, row: [name ?? '', path ?? '', ''] }).replace(/ = $/, '');
    if (value.startsWith('has ')) return [`${text} ${holds ? value : value.replace('has', 'lacks')}`];
    if (here === undefined) return [`there is no ${text}`];
    return [`${text} is ${here}${there === undefined ? '' : `, not ${there}`}`];
  });
  return [...new Set(words)];
}
