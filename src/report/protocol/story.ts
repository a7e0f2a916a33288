/**
 * The story of a protocol's run: its messages with their fate, what each node's state becomes at each tick, and where it leaves the good run.
 */
import type { WalkMail, WalkStep } from '../../lineage/learned/walk.js';
import type { Handler } from '../reporters/locate.js';
import type { EventView, FactView, Fate, MessageView, RunView } from '../views.js';
import type { Case } from './case.js';
import type { Entry } from './entries.js';
import { entryFact, entryText } from './facts.js';
import { type Slice, sliceOf } from './slice.js';
import type { Entries, Told } from './told.js';

/** What the page shows of a case's run. */
export function runView(it: Case): RunView {
  const { told, known } = it;
  const slice = sliceOf(it, told);
  const { outcome, gap } = told.walk;
  return {
    kind: 'protocol',
    scenario: it.scenario,
    nodes: known.nodes,
    eot: told.eot,
    messages: messages(it, slice),
    events: events(it, slice),
    outcome: outcome ?? {
      kind: 'unknown',
      witnesses: [],
      readingsDiffer: false,
      gap: gap && { node: known.nodes[gap.node] ?? '', tick: gap.tick },
    },
    divergence: divergence(it),
  };
}

/** The name of a message: the same in all runs. */
export const messageId = ({ from, to, sent, batch }: WalkMail, at: number): string =>
  `${from}.${to}.${sent}.${batch}.${at}`;

export const handlerOf = ({ cause }: WalkStep): Handler =>
  cause.kind === 'inbox' ? 'onMessage' : cause.kind === 'timers' ? 'onTimer' : 'init';

function messages(it: Case, slice: Slice): MessageView[] {
  const { told, good } = it;
  const views = told.walk.mails.flatMap((mail) => mailViews(it, told, mail, fateOf(told, mail), slice.mails.has(mail)));
  if (it.isGood) return views;
  const goodSlice = sliceOf(it, good);
  const ghosts = good.walk.mails
    .filter((mail) => mail.at.length > 0 && !told.sending(mail))
    .flatMap((mail) =>
      mailViews(it, good, mail, 'ghost', goodSlice.mails.has(mail) && (slice.until[mail.to] ?? 0) > 0),
    );
  return [...views, ...ghosts].sort((a, b) => a.sent - b.sent);
}

function fateOf(told: Told, mail: WalkMail): Fate {
  if (mail.at.length > 0) return 'delivered';
  // What is sent at the last tick arrives in no run.
  if (!mail.lost || mail.sent >= told.eot) return 'late';
  return told.lossOf(mail)?.kind === 'omission' ? 'omitted' : 'crashed';
}

function mailViews(it: Case, told: Told, mail: WalkMail, fate: Fate, slice: boolean): MessageView[] {
  const { known } = it;
  const handlers = told
    .senders(mail)
    .flatMap((step) => told.sends(step).flatMap(({ to }) => (to === mail.to ? [handlerOf(step)] : [])));
  return known.labels(mail.batch).map((label, i) => ({
    id: messageId(mail, i),
    from: known.nodes[mail.from] ?? '',
    to: known.nodes[mail.to] ?? '',
    sent: mail.sent,
    at: mail.at[0] ?? mail.sent + 1,
    label,
    fate,
    slice,
    source: known.source(handlers[i] ?? 'onMessage'),
  }));
}

/** Entries that come, and those that only the good run has; per tick and node where there are any. */
function events(it: Case, slice: Slice): EventView[] {
  const { told, good, known } = it;
  const written = new Set([...slice.steps].map(({ node, tick }) => `${node} ${tick}`));
  const found: EventView[] = [];
  for (let tick = 1; tick <= told.eot; tick++)
    for (const [node, name] of known.nodes.entries()) {
      const view = (entry: Entry): FactView => ({ ...entryFact(name, entry, tick), text: entryText(entry) });
      const inSlice = written.has(`${node} ${tick}`);
      const facts = fresh(told, known.nodes, node, tick).map((entry) => ({ ...view(entry), slice: inSlice }));
      const missing = it.isGood || told.crash(node, tick) ? [] : lacking(told, good, node, tick).map(view);
      if (facts.length + missing.length > 0) found.push({ node: name, tick, facts, missing });
    }
  return found;
}

/** What a tick brings; of the start, what not every node starts with. */
function fresh(told: Told, nodes: readonly string[], node: number, tick: number): Entry[] {
  const before = told.entries(node, tick - 1);
  const now = minus(told.entries(node, tick), before);
  if (tick > 1) return now;
  const others = nodes.flatMap((_, other) => (other === node ? [] : [told.entries(other, 0)]));
  const own = [...before].flatMap(([key, entry]) => (others.some((start) => !start.has(key)) ? [entry] : []));
  return [...own.filter(({ value }) => !EMPTY.has(value)), ...now];
}

/** Values that say that there is nothing yet. */
const EMPTY: ReadonlySet<string> = new Set(['null', 'undefined', 'false', '0', '""', '[]', '{}', 'Set {}', 'Map {}']);

/** What the good run has here from now on, and this run does not. */
function lacking(told: Told, good: Told, node: number, tick: number): Entry[] {
  const [here, there] = [told.entries(node, tick), good.entries(node, tick)];
  if (here === there) return [];
  const [hereBefore, thereBefore] = [told.entries(node, tick - 1), good.entries(node, tick - 1)];
  return [...there].flatMap(([key, entry]) =>
    here.has(key) || (thereBefore.has(key) && !hereBefore.has(key)) ? [] : [entry],
  );
}

const minus = (all: Entries, without: Entries): Entry[] =>
  all === without ? [] : [...all].flatMap(([key, entry]) => (without.has(key) ? [] : [entry]));

/** The first tick at which states, logs or messages are other ones than in the good run. */
function divergence({ isGood, told, good }: Case): number | undefined {
  if (isGood) return undefined;
  for (let tick = 1; tick <= told.eot; tick++) {
    const sameStates = told.nodes.every(
      (_, node) => told.entries(node, tick) === good.entries(node, tick) || same(told, good, node, tick),
    );
    if (!sameStates || fates(told, tick) !== fates(good, tick)) return tick;
  }
  return undefined;
}

function same(told: Told, good: Told, node: number, tick: number): boolean {
  const [here, there] = [told.entries(node, tick), good.entries(node, tick)];
  return here.size === there.size && [...here.keys()].every((key) => there.has(key));
}

const fates = ({ walk }: Told, tick: number): string =>
  walk.mails
    .filter(({ sent }) => sent === tick)
    .map(({ from, to, batch, at }) => `${from} ${to} ${batch} ${at}`)
    .sort()
    .join('\n');
