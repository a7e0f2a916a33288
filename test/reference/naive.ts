/**
 * The reference evaluator: one program, one scenario, all ticks, by naive fixpoints.
 *
 * It follows the text of the language reference line by line and is slow on purpose. It takes nothing from the program
 * but rules and facts (not even the strata) and shares no code with the engine.
 */
import type { Row, Value } from '../../src/core/value.js';
import type { Rule } from '../../src/dedalus/ast.js';
import type { Program } from '../../src/dedalus/program.js';
import type { Bounds, Fault } from '../../src/faults/fault.js';
import { clockOf } from './all-kinds.js';
import { derive, deriveTimer, type Lookup } from './naive-rule.js';
import type { Clock } from './scenarios.js';
import { orderRows, rowKey } from './values.js';

/** A message that some @async rule sent before EOT. The same row sent twice in one slot is one message. */
interface NaiveMessage {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  readonly relation: string;
  readonly row: Row;
  readonly arrived: boolean;
}

export interface NaiveOutcome {
  readonly kind: 'holds' | 'vacuous' | 'violated' | 'no-post';
  /** The `pre` rows without `post`, sorted; then the rows of `never`, tick by tick; empty unless violated. */
  readonly witnesses: readonly (Row | { readonly tick: number; readonly row: Row })[];
}

export interface NaiveRun {
  /** Facts by relation, sorted, `crash` included; index t is tick t, index 0 is empty. Empty relations are absent. */
  readonly ticks: readonly ReadonlyMap<string, readonly Row[]>[];
  readonly messages: readonly NaiveMessage[];
  /** Under the strict invariant. */
  readonly outcome: NaiveOutcome;
  readonly promisesNever: boolean;
}

/** The tuples of one tick: relation → row key → row. */
type Store = Map<string, Map<string, Row>>;

/** Runs the program under the scenario. */
export function naiveRun(program: Program, bounds: Bounds, scenario: readonly Fault[], clock?: Clock): NaiveRun {
  const stores: Store[] = Array.from({ length: bounds.eot + 2 }, () => new Map());
  const messages = new Map<string, NaiveMessage>();
  const nodeOf = nodeNames(program, bounds);
  const isNode = (value: Value): boolean => nodeOf.has(value);
  const strata = stratify(program);
  const { arrivals, isStopped, isSlow } = clockOf(scenario, bounds.perMessage);
  const { stopped, kept } = whatStops(program);
  /** A rule as it is at a tick: nodes that are stopped do not run it. */
  const runs = (rule: Rule, location: Value | undefined, tick: number): boolean =>
    location === undefined || !stopped.has(rule) || !isStopped(nodeOf.get(location) ?? '', tick);
  for (const fact of program.facts) {
    if (fact.tick >= 1 && fact.tick <= bounds.eot) add(stores[fact.tick] as Store, fact.relation, fact.row);
  }
  for (let tick = 1; tick <= bounds.eot; tick++) {
    const store = stores[tick] as Store;
    for (const row of crashRows(nodeOf, scenario)) add(store, 'crash', row);
    const lookup: Lookup = (relation, fixed) => {
      const seen = fixed ?? tick;
      return seen > tick || seen < 1 ? [] : (stores[seen]?.get(relation)?.values() ?? []);
    };
    for (const rules of strata) fixpoint(rules, store, lookup, isNode, (rule, location) => runs(rule, location, tick));
    if (tick === bounds.eot) break;
    const next = stores[tick + 1] as Store;
    const sends: { relation: string; row: Row; location: Value | undefined }[] = [];
    for (const rule of program.rules) {
      if (rule.time === 'deductive') continue;
      const mayRun = (at: Value | undefined): boolean => (at === undefined || isNode(at)) && runs(rule, at, tick);
      const isTimer = rule.time === 'inductive' && program.timers?.includes(rule.head.relation);
      const counted = isTimer
        ? deriveTimer(rule, lookup, mayRun, (at) => isSlow(nodeOf.get(at as Value) ?? '', tick))
        : undefined;
      if (counted) {
        for (const row of counted) add(next, rule.head.relation, row);
        continue;
      }
      for (const { row, location } of derive(rule, lookup, isNode, (at) => runs(rule, at, tick))) {
        if (rule.time === 'inductive') add(next, rule.head.relation, row);
        else sends.push({ relation: rule.head.relation, row, location });
      }
    }
    for (const message of sends) {
      // In its slot a message has the number of messages up to it, by name of the relation and then by row, if it matters.
      const slot = bounds.perMessage
        ? sends.filter((it) => it.location === message.location && it.row[0] === message.row[0])
        : [];
      const before = slot.filter(
        (it) =>
          it.relation < message.relation || (it.relation === message.relation && orderRows(it.row, message.row) < 0),
      );
      send(message, 1 + new Set(before.map((it) => `${it.relation} ${rowKey(it.row)}`)).size);
    }
    for (const relation of kept)
      for (const row of store.get(relation)?.values() ?? []) {
        const node = nodeOf.get(row[0] as Value);
        if (node !== undefined && isStopped(node, tick)) add(next, relation, row);
      }
    function send({ relation, row, location }: (typeof sends)[number], number: number): void {
      const from = nodeOf.get(location as Value);
      const to = nodeOf.get(row[0] as Value);
      if (from === undefined) throw new Error('reference: an @async rule without a location');
      if (to === undefined) return;
      const ticks = clock ? clock(scenario, from, to, tick, number) : arrivals(from, to, tick, number);
      const message = { from, to, sent: tick, relation, row, arrived: ticks.length > 0 };
      messages.set(JSON.stringify(message), message);
      for (const at of ticks) if (at <= bounds.eot) add(stores[at] as Store, relation, row);
    }
  }
  let ticks: Map<string, Row[]>[] | undefined;
  return {
    get ticks() {
      ticks ??= stores.slice(0, bounds.eot + 1).map(sortedRows);
      return ticks;
    },
    messages: [...messages.values()],
    promisesNever: promisesNever(program),
    outcome: strictOutcome(program, stores.slice(0, bounds.eot + 1)),
  };
}

/** Fires the rules of one stratum until nothing new appears. */
function fixpoint(
  rules: readonly Rule[],
  store: Store,
  lookup: Lookup,
  isNode: (value: Value) => boolean,
  runs: (rule: Rule, location: Value | undefined) => boolean,
): void {
  const read = new Set(rules.flatMap(({ body }) => body.map((it) => (it.kind === 'subgoal' ? it.atom.relation : ''))));
  let changed = true;
  while (changed) {
    changed = false;
    for (const rule of rules) {
      for (const { row } of derive(rule, lookup, isNode, (location) => runs(rule, location))) {
        // What no rule of the stratum reads makes nothing new.
        if (add(store, rule.head.relation, row) && read.has(rule.head.relation)) changed = true;
      }
    }
  }
}

/**
 * The rules that a node that is down does not run (all but those that only assertions need), and the relations that
 * survive: those declared, else those given as facts whose only rule says that they stay.
 */
function whatStops(program: Program): { stopped: ReadonlySet<Rule>; kept: readonly string[] } {
  const rulesOf = (relation: string): Rule[] => program.rules.filter((rule) => rule.head.relation === relation);
  const read = new Set<string>();
  const reach = (rule: Rule): void => {
    for (const literal of rule.body) {
      if (literal.kind !== 'subgoal' || read.has(literal.atom.relation)) continue;
      read.add(literal.atom.relation);
      for (const other of rulesOf(literal.atom.relation)) reach(other);
    }
  };
  for (const rule of program.rules) if (rule.time !== 'deductive') reach(rule);
  const stopped = program.rules.filter((rule) => rule.time !== 'deductive' || read.has(rule.head.relation));
  const stays = (rule: Rule): boolean => {
    const text = (args: Rule['head']['args']): string => args.map((arg) => JSON.stringify({ ...arg, span: 0 })).join();
    const [literal] = rule.body;
    const variables = rule.head.args.map((arg) => (arg.kind === 'variable' ? arg.name : ''));
    return (
      rule.time === 'inductive' &&
      rule.body.length === 1 &&
      literal?.kind === 'subgoal' &&
      !literal.negated &&
      literal.tick === undefined &&
      literal.atom.relation === rule.head.relation &&
      text(literal.atom.args) === text(rule.head.args) &&
      !variables.includes('') &&
      new Set(variables).size === variables.length
    );
  };
  const facts = new Set(program.facts.map((fact) => fact.relation));
  const usual = [...facts].filter((name) => rulesOf(name).length === 1 && rulesOf(name).every(stays));
  return { stopped: new Set(stopped), kept: program.durable ?? usual };
}

/** Adds a row; tells whether it is new. */
function add(store: Store, relation: string, row: Row): boolean {
  let rows = store.get(relation);
  if (rows === undefined) {
    rows = new Map();
    store.set(relation, rows);
  }
  const key = rowKey(row);
  if (rows.has(key)) return false;
  rows.set(key, row);
  return true;
}

const sorted = (rows: ReadonlyMap<string, Row>): Row[] => [...rows.values()].sort(orderRows);

const sortedRows = (store: Store): Map<string, Row[]> =>
  new Map([...store].map(([relation, rows]) => [relation, sorted(rows)]));

/** From the value that stands for a node in tuples to the node's name. */
function nodeNames(program: Program, bounds: Bounds): Map<Value, string> {
  const named = new Set(program.facts.map((fact) => fact.row[0]));
  return new Map(bounds.nodes.map((name) => [/^-?[0-9]+$/.test(name) && !named.has(name) ? Number(name) : name, name]));
}

/** `crash(Observer, Node, CrashTick)`, the same at every tick. */
function crashRows(nodeOf: ReadonlyMap<Value, string>, scenario: readonly Fault[]): Row[] {
  const rows: Row[] = [];
  for (const fault of scenario) {
    if (fault.kind !== 'crash' && fault.kind !== 'halt') continue;
    for (const observer of nodeOf.keys()) {
      for (const [value, name] of nodeOf) if (name === fault.node) rows.push([observer, value, fault.tick]);
    }
  }
  return rows;
}

/**
 * Deductive rules by stratum: numbers on relations are raised until every head is at or above its positive body
 * relations and strictly above what it negates or aggregates.
 */
function stratify(program: Program): Rule[][] {
  const rules = program.rules.filter((rule) => rule.time === 'deductive');
  const level = new Map<string, number>();
  const levelOf = (relation: string): number => level.get(relation) ?? 0;
  let changed = true;
  while (changed) {
    changed = false;
    for (const rule of rules) {
      const aggregates = rule.head.args.some((arg) => arg.kind === 'aggregate');
      for (const literal of rule.body) {
        if (literal.kind !== 'subgoal') continue;
        const least = levelOf(literal.atom.relation) + (literal.negated || aggregates ? 1 : 0);
        if (levelOf(rule.head.relation) >= least) continue;
        if (least > program.rules.length) throw new Error('reference: the program is not stratified');
        level.set(rule.head.relation, least);
        changed = true;
      }
    }
  }
  const strata: Rule[][] = [];
  for (const rule of rules) {
    const index = levelOf(rule.head.relation);
    while (strata.length <= index) strata.push([]);
    (strata[index] as Rule[]).push(rule);
  }
  return strata;
}

/** Does any rule or fact of the program give rows of `relation`? */
function isGiven(program: Program, relation: string): boolean {
  return (
    program.rules.some((rule) => rule.head.relation === relation) ||
    program.facts.some((fact) => fact.relation === relation)
  );
}

/** Whether `never` is a promise: it is given and no rule reads it. */
function promisesNever(program: Program): boolean {
  const readers = program.rules.filter((rule) =>
    rule.body.some((literal) => literal.kind === 'subgoal' && literal.atom.relation === 'never'),
  );
  return isGiven(program, 'never') && readers.length === 0;
}

/** Every `pre` row at EOT must be a `post` row, and at no tick there may be a row of `never`. */
function strictOutcome(program: Program, ticks: readonly Store[]): NaiveOutcome {
  const rowsAt = (tick: number, relation: string): Row[] => sorted(ticks[tick]?.get(relation) ?? new Map());
  const eot = ticks.length - 1;
  if (!promisesNever(program)) {
    if (!isGiven(program, 'post')) return { kind: 'no-post', witnesses: [] };
    return judge(rowsAt(eot, 'pre'), rowsAt(eot, 'post'));
  }
  const there = ticks.flatMap((_, tick) => rowsAt(tick, 'never').map((row) => ({ tick, row })));
  const { witnesses } = judge(rowsAt(eot, 'pre'), rowsAt(eot, 'post'));
  const all = [...witnesses, ...there];
  return { kind: all.length > 0 ? 'violated' : 'holds', witnesses: all };
}

function judge(pre: readonly Row[], post: readonly Row[]): NaiveOutcome {
  const promised = new Set(post.map(rowKey));
  const witnesses = pre.filter((row) => !promised.has(rowKey(row)));
  if (witnesses.length > 0) return { kind: 'violated', witnesses };
  return { kind: pre.length === 0 ? 'vacuous' : 'holds', witnesses: [] };
}

/** The `post` rows of a run at EOT. */
export function postRows(run: NaiveRun): readonly Row[] {
  return run.ticks[run.ticks.length - 1]?.get('post') ?? [];
}

/** The outcome under the `reference` invariant: only rows of the failure-free run's `post` can be missed. */
export function referenceOutcome(run: NaiveRun, failureFreePost: readonly Row[]): NaiveOutcome {
  if (run.outcome.kind === 'no-post') return run.outcome;
  const expected = new Set(failureFreePost.map(rowKey));
  const witnesses = run.outcome.witnesses.filter((it) => 'tick' in it || expected.has(rowKey(it)));
  if (witnesses.length > 0) return { kind: 'violated', witnesses };
  const pre = run.ticks[run.ticks.length - 1]?.get('pre') ?? [];
  const promises = run.promisesNever || pre.some((row) => expected.has(rowKey(row)));
  return { kind: promises ? 'holds' : 'vacuous', witnesses: [] };
}
