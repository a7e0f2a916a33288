/**
 * The story of a run: its messages and what is new at every node and tick, beside the failure-free run, with the
 * causal slice marked.
 */
import { getOrMake } from '../../core/memo.js';
import type { Fault } from '../../faults/fault.js';
import { kindOf } from '../../faults/kinds.js';
import type { Case, History, Item, Items, Key, Mail, Provenance, Slice } from './case.js';
import { copyId, lostTo, movedBy } from './loss.js';
import { strikesOf } from './strikes.js';
import type { EventView, FactView, Fate, MessageView, RunView } from './views.js';

const KEPT = new WeakMap<Case, RunView>();

/** What is shown of a case's run. */
export const runView = (it: Case): RunView => getOrMake(KEPT, it, () => viewOf(it));

function viewOf(it: Case): RunView {
  const { of, run, scenario } = it;
  const slice = of.slice(it);
  return {
    ...(of.kind && { kind: of.kind }),
    scenario,
    nodes: of.nodes,
    eot: of.eot,
    messages: messages(it, slice),
    events: events(it, slice),
    outcome: run.outcome,
    kept: keptFacts(it),
    divergence: divergence(it),
  };
}

/** What nodes that come back still have of what they had, per fault that took them down. */
function keptFacts({ of, run, scenario }: Case): Map<Fault, string[]> {
  const kept = new Map<Fault, string[]>();
  for (const { fault, node, until } of strikesOf(scenario))
    if (until !== undefined && until <= of.eot && node !== undefined && kindOf(fault).stops)
      kept.set(fault, [...run.survivors(of.nodes.indexOf(node), until)]);
  return kept;
}

/** Messages in order of sending, an arrival each; the ghosts of a tick come last. */
function messages(it: Case, slice: Slice): MessageView[] {
  const { run, good, of } = it;
  const views: MessageView[] = [];
  const add = (mail: Mail, fate: Fate): void => {
    for (const view of viewsOf(it, mail, fate, slice.messages.has(mail.id))) views.push(view);
  };
  for (let tick = 1; tick <= of.eot; tick++) {
    const [here, there] = [run.mails(tick), good.mails(tick)];
    for (const mail of here) add(mail, fateOf(mail, of.eot));
    if (here === there) continue;
    const sent = new Set(here.map(({ id }) => id));
    for (const mail of there) if (mail.at.length > 0 && !sent.has(mail.id)) add(mail, 'ghost');
  }
  return views;
}

/** Messages as they were shown last, if no fault had touched them: in most runs they look the same. */
const SHOWN = new WeakMap<Mail, readonly [MessageView]>();

/** A message, by its arrivals. */
function viewsOf(it: Case, mail: Mail, fate: Fate, inSlice: boolean): readonly MessageView[] {
  const { from, to, sent, at } = mail;
  const isTouched = fate === 'lost' || at.length !== 1 || at[0] !== sent + 1;
  const shown = isTouched ? undefined : SHOWN.get(mail);
  if (shown?.[0].fate === fate && shown[0].slice === inSlice) return shown;
  const { nodes } = it.of;
  const ends = { from: nodes[from] ?? '', to: nodes[to] ?? '', sent, ...(mail.nth && { nth: mail.nth }) };
  const loss = fate === 'lost' ? lostTo(it.scenario, ends) : undefined;
  const views = (at.length > 0 ? at : [sent + 1]).map(
    // Written out: there are thousands, and copying what they have in common takes longer than all else.
    (tick): MessageView => ({
      id: copyId(mail.id, sent, tick),
      from: ends.from,
      to: ends.to,
      sent,
      nth: mail.nth,
      at: tick,
      label: mail.label,
      fate,
      loss,
      moved: fate === 'delivered' ? movedBy(it.scenario, ends, tick) : undefined,
      slice: inSlice,
      source: mail.source(),
    }),
  );
  const [view] = views;
  if (!isTouched && view) SHOWN.set(mail, [view]);
  return views;
}

/** What is sent at the last tick arrives in no run. */
const fateOf = ({ at, lost, sent }: Mail, eot: number): Fate =>
  at.length > 0 ? 'delivered' : lost && sent < eot ? 'lost' : 'late';

/** Events by tick, then node: what comes, and what only the good run has from now on. */
function events(it: Case, slice: Slice): EventView[] {
  const { of, run, good } = it;
  const found: EventView[] = [];
  for (let tick = 1; tick <= of.eot; tick++)
    for (const [node, name] of of.nodes.entries()) {
      const view = ({ relation, row, text }: Item): FactView => ({ relation, row, tick, text });
      const facts = newsAt(it, node, tick).map(([key, item]) => ({
        ...view(item),
        slice: slice.has(node, tick, key),
      }));
      const missing = it.isGood || !run.acts(node, tick) ? [] : lacking(of, run, good, node, tick).map(view);
      const gone = tick > 2 && run.acts(node, tick) ? ended(it, node, tick).map(view) : [];
      if (facts.length + missing.length + gone.length > 0) found.push({ node: name, tick, facts, gone, missing });
    }
  return found;
}

type News = readonly (readonly [Key, Item])[];

/** By what a node keeps at a tick, which runs share: what it kept before, and what is new. */
const NEWS = new WeakMap<Items, { readonly before: Items; readonly news: News }>();

function newsAt({ of, run }: Case, node: number, tick: number): News {
  const [now, before] = [run.items(node, tick), tick === 1 ? run.start(node) : run.items(node, tick - 1)];
  const known = NEWS.get(now);
  if (known?.before === before) return known.news;
  const order = of.order(now, before);
  const news = [...now].filter(([key, item]) => !item.quiet && !before.has(key)).sort(([, a], [, b]) => order(a, b));
  NEWS.set(now, { before, news });
  return news;
}

const ENDED = new WeakMap<Items, { readonly before: Items; readonly ended: readonly Item[] }>();

/** What a node had, by relation and name, for two ticks at least and has no more, whatever its value. */
function ended({ run }: Case, node: number, tick: number): readonly Item[] {
  const [now, before, earlier] = [0, 1, 2].map((ago) => run.items(node, tick - ago)) as [Items, Items, Items];
  const known = ENDED.get(now);
  if (known?.before === before) return known.ended;
  const nameOf = ({ relation, row }: Item): string => `${relation} ${row.length > 2 ? row[1] : ''}`;
  const [here, there] = [now, earlier].map((items) => new Set([...items.values()].map(nameOf))) as [
    Set<string>,
    Set<string>,
  ];
  const ended = [...before.values()].filter(
    (item) => !item.quiet && there.has(nameOf(item)) && !here.has(nameOf(item)),
  );
  ENDED.set(now, { before, ended });
  return ended;
}

/** What the good run has at a node from this tick on, and this run has not. */
function lacking(of: Provenance, run: History, good: History, node: number, tick: number): Item[] {
  const [here, there] = [run.items(node, tick), good.items(node, tick)];
  if (here === there) return [];
  const [hereBefore, thereBefore] = [run.items(node, tick - 1), good.items(node, tick - 1)];
  const items = [...there].flatMap(([key, item]) =>
    item.quiet || here.has(key) || (thereBefore.has(key) && !hereBefore.has(key)) ? [] : [item],
  );
  return items.sort(of.order(here, tick === 1 ? run.start(node) : hereBefore));
}

/** The first tick at which facts or messages (sent, or delivered later) are other ones than in the good run. */
function divergence({ of, run, good, isGood }: Case): number | undefined {
  if (isGood) return undefined;
  for (let tick = 1; tick <= of.eot; tick++) {
    const same = [-1, ...of.nodes.keys()].every((node) => isSame(run.items(node, tick), good.items(node, tick)));
    if (!same || !areAlike(run.mails(tick), good.mails(tick))) return tick;
  }
  return undefined;
}

function isSame(here: Items, there: Items): boolean {
  if (here === there) return true;
  for (const [key, { quiet }] of here) if (!quiet && !there.has(key)) return false;
  for (const [key, { quiet }] of there) if (!quiet && !here.has(key)) return false;
  return true;
}

/** Whether the same is sent, and meets the same fate. */
const areAlike = (here: readonly Mail[], there: readonly Mail[]): boolean =>
  here === there || fates(here) === fates(there);

const fates = (mails: readonly Mail[]): string =>
  [...new Set(mails.map(({ id, at }) => `${id}:${at}`))].sort().join('\n');
