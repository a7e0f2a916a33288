/**
 * All ticks of a program in a cube of scenarios, and whether its promise is kept in each of them.
 *
 * Two worlds in one: what is certain holds in every scenario of the cube, what is possible in some perhaps. Each negated
 * subgoal looks into the other world. In a cube of one scenario both are that scenario's run.
 */
import { getOrMake } from '../core/memo.js';
import { compareRows, type Row, type Value } from '../core/value.js';
import type { Work } from '../core/work.js';
import type { Rule, Term } from '../dedalus/ast.js';
import { CRASH, hasNever, NEVER, POST, PRE } from '../dedalus/builtin.js';
import { nodesByValue } from '../dedalus/nodes.js';
import type { Program } from '../dedalus/program.js';
import { carriedRelations, countedIn, stoppedRules } from '../dedalus/stops.js';
import { type Subgoal, subgoalsOf } from '../dedalus/terms.js';
import { Clock } from '../faults/cubes/clock.js';
import { both, Cube, not, Scope, type Truth } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';
import { type Entry, evaluate, heads, instances, type Table } from './rule.js';
import { type Path, ROOT, type Verifier } from './tree.js';

export class Worlds implements Verifier {
  readonly scope: Scope;
  private readonly nodes: ReadonlyMap<Value, string>;
  private readonly stopped: ReadonlySet<Rule>;
  private clock: Clock;
  private tables = new Map<string, Table>();
  private decided = ROOT.facts;
  /** Of the facts that are decided, what became of them before that. */
  private derived = new Map<string, Truth>();
  isPromising = false;
  private tick = 0;

  constructor(
    private readonly program: Program,
    bounds: Scope['bounds'],
  ) {
    this.scope = new Scope(bounds);
    this.clock = new Clock(this.scope, new Cube(this.scope, new Map()));
    this.nodes = nodesByValue(program, bounds.nodes);
    this.stopped = stoppedRules(program);
  }

  /**
   * Whether no scenario of a cube breaks the promise, as far as the two worlds can tell.
   * @param decided facts that hold, or do not, in the scenarios that are meant: see `tree.ts`
   */
  *keeps(cube: Cube, decided: Path['facts'] = ROOT.facts): Work<boolean, undefined> {
    const { eot } = this.scope.bounds;
    this.decided = decided;
    this.isPromising = false;
    this.derived = new Map();
    this.clock = new Clock(this.scope, cube);
    this.tables = new Map();
    let isBroken = false;
    for (this.tick = 1; this.tick <= eot; this.tick++) {
      yield* this.step();
      isBroken ||= hasNever(this.program) && this.table(NEVER, this.tick).size > 0;
      yield undefined;
    }
    // No scenario is meant where it cannot be as was decided.
    if ([...decided].some(([fact, holds]) => (this.derived.get(fact) ?? -1) === (holds ? -1 : 1))) return true;
    const [pre, post] = [this.table(PRE, eot), this.table(POST, eot)];
    this.isPromising = hasNever(this.program) || pre.size > 0;
    return !isBroken && [...pre.keys()].every((row) => post.get(row)?.truth === 1);
  }

  private *step(): Work<void, undefined> {
    const { program, clock, tick, nodes } = this;
    for (const fact of program.facts) if (fact.tick === tick) this.add(fact.relation, tick, { ...fact, truth: 1 });
    for (const [value, node] of nodes) {
      const { isDown, ticks } = clock.seen(node);
      for (const observer of nodes.keys()) {
        const choice = isDown === 1 ? { size: ticks.length } : undefined;
        for (const [at, truth] of ticks) this.add(CRASH, tick, { row: [observer, value, at], truth, choice });
      }
    }
    for (const names of program.strata) {
      const rules = program.rules.filter((it) => it.time === 'deductive' && names.includes(it.head.relation));
      const isRecursive = rules.some((it) => subgoalsOf(it).some(({ atom }) => names.includes(atom.relation)));
      for (let isNew = rules.length > 0; isNew; ) {
        isNew = false;
        for (const rule of rules)
          for (const head of yield* this.heads(rule)) if (this.add(rule.head.relation, tick, head)) isNew = isRecursive;
        if (isNew) yield undefined;
      }
    }
    if (tick === this.scope.bounds.eot) return;
    for (const rule of program.rules.filter(({ time }) => time !== 'deductive')) {
      const [relation, at] = rule.time === 'async' ? [SENT, tick] : [rule.head.relation, tick + 1];
      for (const head of yield* this.heads(rule)) this.add(relation, at, head);
    }
    this.deliver();
    for (const relation of carriedRelations(program))
      for (const { row, truth } of this.table(relation, tick).values()) {
        const node = nodes.get(row[0] as Value);
        if (node !== undefined) this.add(relation, tick + 1, { row, truth: both(truth, not(clock.runs(node, tick))) });
      }
  }

  /** What arrives. Messages of a slot, from one node to another, have numbers: by relation, then by row. */
  private deliver(): void {
    const sent = [...this.table(SENT, this.tick).values()].sort((a, b) => compareRows(a.row, b.row));
    const before = new Map<string, [least: number, most: number]>();
    for (const { row: all, truth } of sent) {
      const [from, relation, ...row] = all as [string, string, ...Row];
      const to = this.nodes.get(row[0] as Value);
      if (to === undefined) continue;
      const [least, most] = before.get(keyOf([from, to])) ?? [1, 1];
      before.set(keyOf([from, to]), [truth === 1 ? least + 1 : least, most + 1]);
      const numbers = Array.from({ length: most - least + 1 }, (_, i) => least + i);
      const fates = numbers.map((number) => new Map(this.clock.arrives(from, to, this.tick, number)));
      for (let at = this.tick + 1; at <= this.scope.bounds.eot; at++) {
        const [arrives = 0, ...others] = new Set(fates.map((fate) => fate.get(at) ?? -1));
        this.add(relation, at, { row, truth: both(truth, others.length > 0 ? 0 : arrives) });
      }
    }
  }

  /** What a rule derives at this tick; of messages, after who sends them and the relation. */
  private *heads(rule: Rule): Work<Entry[], undefined> {
    const { program, clock, nodes, tick } = this;
    const { relation, args } = rule.head;
    const [first] = subgoalsOf(rule);
    const positive = subgoalsOf(rule).filter(({ negated }) => !negated);
    const timer = positive.indexOf(countedIn(program, rule) as Subgoal);
    const tableOf = ({ atom, tick: at = tick }: Subgoal) => (at > tick ? new Map() : this.table(atom.relation, at));
    const derived = (yield* instances(rule, tableOf)).flatMap((it) => {
      const location = first === positive[0] ? it.on[0]?.row[0] : evaluate(first?.atom.args[0] as Term, it.values);
      const node = nodes.get(location as Value);
      if (node === undefined && (rule.time === 'async' || location !== undefined)) return [];
      const runs = node !== undefined && this.stopped.has(rule) ? clock.runs(node, tick) : 1;
      const counted = it.on[timer]?.row ?? [];
      const stands = clock.stands(nodes.get(counted[0] as Value) ?? '', tick);
      const head = args.map((arg) => (arg.kind === 'aggregate' ? 0 : evaluate(arg, it.values)));
      const truth = head.includes(NaN) ? -1 : both(runs, not(stands));
      return [
        { row: counted, truth: both(runs, stands) },
        { row: (rule.time === 'async' ? [node, relation, ...head] : head) as Row, truth },
      ].flatMap((entry) => (entry.truth < 0 ? [] : [{ ...it, row: entry.row, on: [...it.on, entry] }]));
    });
    return heads(args, derived);
  }

  /** Whether that makes a difference. A fact that is decided is as it is decided wherever it may be. */
  private add(relation: string, tick: number, { row, truth, choice }: Entry): boolean {
    const fact = keyOf([tick, relation, ...row]);
    const holds = this.decided.get(fact);
    if (holds !== undefined && truth > (this.derived.get(fact) ?? -1)) this.derived.set(fact, truth);
    const is = holds === false ? -1 : holds && truth === 0 ? 1 : truth;
    const [table, key] = [this.table(relation, tick), keyOf(row)];
    if (is <= (table.get(key)?.truth ?? -1)) return false;
    table.set(key, { row, truth: is, choice });
    return true;
  }

  private table(relation: string, tick: number): Table {
    return getOrMake(this.tables, keyOf([tick, relation]), () => new Map());
  }
}

/** What is sent is a relation like any other, and its name nobody can write: rows of sender, relation, row. */
const SENT = '';
