/**
 * All ticks of a program in a cube of scenarios, and whether its promise is kept in each of them.
 *
 * Two worlds in one: what is certain holds in every scenario of the cube, what is possible in some perhaps. Each negated
 * subgoal looks into the other world. In a cube of one scenario both are that scenario's run.
 */
import { getOrMake } from '../core/memo.js';
import { compareRows, type Row, type Value } from '../core/value.js';
import { strides, type Work } from '../core/work.js';
import type { Rule } from '../dedalus/ast.js';
import { CRASH, NEVER, POST, PRE } from '../dedalus/builtin.js';
import type { Program } from '../dedalus/program.js';
import { carriedRelations, stoppedRules } from '../dedalus/stops.js';
import { hasAggregate, type Subgoal, subgoalsOf } from '../dedalus/terms.js';
import { Clock } from '../faults/cubes/clock.js';
import { both, Cube, not, Scope, type Truth } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';
import { heads, type Place, type Put } from './heads.js';
import { type Choice, Table } from './rule.js';
import { type Path, ROOT, type Verifier } from './tree.js';

/** What one node sends to another at a tick. */
interface Message {
  readonly from: string;
  readonly to: string;
  readonly relation: string;
  readonly row: Row;
  truth: Truth;
}

/** Rows that are looked at before long work yields. */
const STRETCH = 20_000;

export class Worlds implements Verifier {
  readonly scope: Scope;
  private readonly nodes: ReadonlyMap<Value, string>;
  private readonly stopped: ReadonlySet<Rule>;
  private readonly carried: readonly string[];
  private readonly isNever: boolean;
  private clock: Clock;
  private readonly due = strides(STRETCH);
  private ticks: Map<string, Table>[] = [];
  private decided: Path['facts'] = ROOT.facts;
  /** Facts that are decided to hold and may do so; and whether one does hold that is decided not to. */
  private found = new Set<string>();
  private isContradicted = false;
  isPromising = false;
  private tick = 0;

  constructor(
    private readonly program: Program,
    bounds: Scope['bounds'],
  ) {
    this.scope = new Scope(bounds);
    this.clock = new Clock(this.scope, new Cube(this.scope, new Map()));
    const places = new Set(program.facts.map(({ row }) => row[0]));
    const isNumber = (name: string): boolean => String(Number(name)) === name && Number.isSafeInteger(Number(name));
    this.nodes = new Map(bounds.nodes.map((name) => [isNumber(name) && !places.has(name) ? Number(name) : name, name]));
    this.stopped = stoppedRules(program);
    this.carried = carriedRelations(program);
    this.isNever =
      program.relations.has(NEVER) &&
      !program.rules.some((rule) => subgoalsOf(rule).some(({ atom }) => atom.relation === NEVER));
  }

  /**
   * Whether no scenario of a cube breaks the promise, as far as the two worlds can tell.
   * @param decided facts that hold, or do not, in the scenarios that are meant: see `tree.ts`
   */
  *keeps(cube: Cube, decided: Path['facts'] = ROOT.facts): Work<boolean, undefined> {
    const { eot } = this.scope.bounds;
    this.decided = decided;
    this.isPromising = false;
    this.found = new Set();
    this.isContradicted = false;
    this.clock = new Clock(this.scope, cube);
    this.ticks = Array.from({ length: eot + 1 }, () => new Map());
    for (this.tick = 1; this.tick <= eot; this.tick++) yield* this.step();
    if (this.isContradicted || [...decided].some(([fact, holds]) => holds && !this.found.has(fact))) return true;
    const post = this.table(POST, eot);
    const isMissing = (row: Row): boolean => post.entries.get(keyOf(row))?.truth !== 1;
    const promised = [...this.table(PRE, eot).entries.values()];
    const broken = promised.some(({ row }) => isMissing(row));
    this.isPromising = this.isNever || promised.length > 0;
    return !broken && !(this.isNever && this.ticks.some((tables) => (tables.get(NEVER)?.entries.size ?? 0) > 0));
  }

  private *step(): Work<void, undefined> {
    const { program, clock, tick, nodes, scope } = this;
    for (const fact of program.facts) if (fact.tick === tick) this.add(fact.relation, tick, fact.row, 1);
    for (const [value, node] of nodes) {
      const { isDown, ticks } = clock.seen(node);
      for (const observer of nodes.keys()) {
        const choice = isDown === 1 ? { size: ticks.length } : undefined;
        for (const [at, is] of ticks) this.add(CRASH, tick, [observer, value, at], is, choice);
      }
    }
    for (const stratum of program.strata) {
      const rules = program.rules.filter((it) => it.time === 'deductive' && stratum.includes(it.head.relation));
      const isRecursive = rules.some((it) => subgoalsOf(it).some(({ atom }) => stratum.includes(atom.relation)));
      let isNew = rules.length > 0;
      while (isNew) {
        isNew = false;
        for (const rule of rules)
          yield* this.derive(rule, (row, truth, _, choice) => {
            if (this.add(rule.head.relation, tick, row, truth, choice)) isNew = isRecursive;
          });
      }
    }
    if (tick === scope.bounds.eot) return;
    const sent = new Map<string, Message>();
    for (const rule of program.rules) {
      const { relation } = rule.head;
      if (rule.time === 'inductive')
        yield* this.derive(rule, (row, truth, _, choice) => this.add(relation, tick + 1, row, truth, choice));
      if (rule.time !== 'async') continue;
      yield* this.derive(rule, (row, truth, location) => {
        const [from, to] = [nodes.get(location as Value), nodes.get(row[0] as Value)];
        if (from === undefined || to === undefined) return;
        const key = keyOf([from, relation, ...row]);
        const known = sent.get(key);
        if (!known) sent.set(key, { from, to, relation, row, truth });
        else if (known.truth < truth) known.truth = truth;
      });
    }
    this.deliver([...sent.values()]);
    for (const relation of this.carried)
      for (const { row, truth } of this.table(relation, tick).entries.values()) {
        const node = nodes.get(row[0] as Value);
        if (node !== undefined) this.add(relation, tick + 1, row, both(truth, not(clock.runs(node, tick))));
      }
  }

  /** What arrives. A message has a number in its slot, by relation and row, where messages have fates of their own. */
  private deliver(messages: readonly Message[]): void {
    const { eot, perMessage } = this.scope.bounds;
    const sorted = perMessage ? [...messages].sort(byRelation) : messages;
    const before = new Map<string, [least: number, most: number]>();
    for (const { from, to, relation, row, truth } of sorted) {
      const slot = keyOf([from, to]);
      const [least, most] = before.get(slot) ?? [1, 1];
      before.set(slot, [truth === 1 ? least + 1 : least, most + 1]);
      const numbers = perMessage ? Array.from({ length: most - least + 1 }, (_, i) => least + i) : [1];
      const fates = numbers.map((number) => new Map(this.clock.arrives(from, to, this.tick, number)));
      for (const at of new Set(fates.flatMap((fate) => [...fate.keys()]))) {
        const truths = new Set(fates.map((fate) => fate.get(at) ?? -1));
        const [arrives = 0] = truths.size === 1 ? truths : [];
        if (at <= eot) this.add(relation, at, row, both(truth, arrives));
      }
    }
  }

  private *derive(rule: Rule, put: Put): Work<void, undefined> {
    const { program, clock, nodes, tick } = this;
    const isTimer =
      rule.time === 'inductive' && program.timers?.includes(rule.head.relation) && !hasAggregate(rule.head);
    const counts = (it: Subgoal): boolean =>
      !it.negated && it.tick === undefined && it.atom.relation === rule.head.relation;
    const place: Place = {
      table: (relation, fixed) =>
        fixed !== undefined && (fixed > tick || fixed < 1) ? NONE : this.table(relation, fixed ?? tick),
      runs: (location) => {
        const node = nodes.get(location as Value);
        if (location === undefined || node === undefined) return location === undefined ? 1 : -1;
        return this.stopped.has(rule) ? clock.runs(node, tick) : 1;
      },
      timer: isTimer ? subgoalsOf(rule).find(counts) : undefined,
      stands: (location) => clock.stands(nodes.get(location) ?? '', tick),
    };
    if (this.due(heads(rule, place, put))) yield undefined;
  }

  /** Whether that makes a difference. A fact that is decided is as it is decided wherever it may be. */
  private add(relation: string, tick: number, row: Row, truth: Truth, choice?: Choice): boolean {
    const key = this.decided.size > 0 ? keyOf([tick, relation, ...row]) : '';
    const holds = this.decided.get(key);
    if (holds === false && truth === 1) this.isContradicted = true;
    if (holds === true && truth >= 0) this.found.add(key);
    if (holds === false) return false;
    return this.table(relation, tick).add(row, holds && truth === 0 ? 1 : truth, choice);
  }

  private table(relation: string, tick: number): Table {
    return getOrMake(this.ticks[tick] as Map<string, Table>, relation, () => new Table());
  }
}

const NONE = new Table();

const byRelation = (a: Message, b: Message): number =>
  a.relation === b.relation ? compareRows(a.row, b.row) : a.relation < b.relation ? -1 : 1;
