/**
 * Random protocols: a skeleton, random operations in its handlers, random bounds, and a check made of looks at the
 * final world.
 *
 * Constants of the check are taken from the failure-free run, and most checks are drawn anew until that run holds, for
 * what fails without faults teaches nothing. Invariant: a message of some kind is answered by later kinds only, unless
 * a condition on the state bounds it, so that no protocol floods.
 */
import type { Bounds } from '../../../src/faults/fault.js';
import { scenarioCount } from '../scenarios.js';
import { definitionOf, naively } from './definition.js';
import { Dice } from './dice.js';
import type { Condition, Draft, Expr, Op } from './draft.js';
import { randomPromise } from './random-check.js';
import { randomScenarios } from './random-scenarios.js';
import { type Handlers, TEMPLATES } from './templates.js';

const NODES = ['a', 'b', 'c', 'd'];

/** Most messages of the failure-free run. */
const MOST_MESSAGES = 60;

/** Most scenarios; brute force looks at far fewer where messages are few. */
const MOST_SCENARIOS = 1e5;

/** The protocol of a seed. */
export function randomProtocol(seed: number): Draft {
  const dice = new Dice(seed);
  for (;;) {
    const draft = attempt(dice);
    if (draft) return draft;
  }
}

function attempt(dice: Dice): Draft | undefined {
  const nodes = NODES.slice(0, dice.pick([2, 3, 3, 3, 3, 4]));
  const handlers = dice.pick(TEMPLATES)(dice, nodes);
  const soup = new Soup(dice, nodes, handlers);
  soup.stir(dice.pick([0, 0, 1, 1, 2, 3, 5]));
  if (dice.chance(8)) soup.doubt();
  const start = Object.fromEntries(
    nodes.map((node) => [
      node,
      { count: dice.between(0, 3), flag: dice.chance(15), word: dice.pick(['', '', 'a', 'x']) },
    ]),
  );
  const bounds = boundsFor(dice, nodes);
  const before: Draft = { bounds, seed: dice.between(1, 50), start, ...handlers, promise: ['living', 0] };
  const world = naively(before)([]);
  if (world.messages.length > MOST_MESSAGES) return undefined;
  if (world.thrown.length > 0 && !dice.chance(5)) return undefined;
  const anything = dice.chance(5);
  const anyHolding = dice.chance(60);
  for (let tries = 0; tries < 12; tries++) {
    const draft = { ...before, ...randomPromise(dice, definitionOf(before), world) };
    if (anything) return draft;
    const run = naively(draft);
    if (run([]).outcome !== 'holds') continue;
    const scenarios = randomScenarios(bounds, dice, 12);
    if (anyHolding || scenarios.some((scenario) => run(scenario).outcome === 'violated')) return draft;
  }
  return undefined;
}

function boundsFor(dice: Dice, nodes: readonly string[]): Bounds {
  for (;;) {
    const bounds = {
      eot: dice.between(3, 6),
      eff: dice.pick([0, 1, 2, 2, 3, 3, 3, 4, 4]),
      crashes: dice.pick([0, 1, 1, 1, 2]),
      nodes,
    };
    const count = scenarioCount(bounds);
    if (count <= MOST_SCENARIOS && count > (dice.chance(5) ? 0 : 3)) return bounds;
  }
}

/** Random operations, put into the handlers of a skeleton. */
class Soup {
  private readonly kinds: readonly string[];
  private readonly timers: readonly string[];

  constructor(
    private readonly dice: Dice,
    private readonly nodes: readonly string[],
    private readonly handlers: Handlers,
  ) {
    this.kinds = Object.keys(handlers.onMessage);
    this.timers = Object.keys(handlers.onTimer);
  }

  /** Changes `count` places, and a bare skeleton in some more. */
  stir(count: number): void {
    const { dice, handlers } = this;
    const bare = Object.values(handlers.onMessage).every((ops) => ops.length === 0);
    if (bare) {
      handlers.init.push(...dice.several(1, 4, () => this.op(-1)));
      for (const [i, kind] of this.kinds.entries())
        handlers.onMessage[kind]?.push(...dice.several(1, 4, () => this.op(i)));
      for (const timer of this.timers) handlers.onTimer[timer]?.push(...dice.several(1, 3, () => this.op(-1)));
    }
    for (let i = 0; i < count; i++) this.change();
  }

  /** A handler that throws under some condition, as assertions in real handlers do. */
  doubt(): void {
    const { dice, handlers } = this;
    const places = [...Object.values(handlers.onMessage), ...Object.values(handlers.onTimer)];
    dice.pick(places).push(['if', this.condition(), [['throw']], []]);
  }

  private change(): void {
    const { dice, handlers } = this;
    const places: readonly (readonly [Op[], number])[] = [
      [handlers.init, -1],
      ...this.kinds.map((kind, i) => [handlers.onMessage[kind] ?? [], i] as const),
      ...this.timers.map((name) => [handlers.onTimer[name] ?? [], -1] as const),
    ];
    const [ops, level] = dice.pick(places);
    const at = dice.between(0, ops.length);
    if (dice.chance(20)) ops.splice(at, 1);
    else ops.splice(at, 0, this.op(level));
  }

  /** @param level number of the kind of message at hand, -1 if there is none */
  private op(level: number, depth = 0): Op {
    const { dice } = this;
    const roll = dice.between(1, 100);
    if (roll <= 16 && depth < 2) return this.conditional(level, depth);
    if (roll <= 34) return this.sending(level);
    if (roll <= 42) return [dice.pick(['timer', 'timer', 'periodic'] as const), dice.pick(this.timers), this.expr()];
    if (roll <= 45) return ['clear', dice.pick(this.timers)];
    if (roll <= 52) return ['log', dice.pick(['row', 'plain']), this.expr()];
    if (roll <= 55 && depth === 0)
      return ['each', dice.pick(['peers', 'seen'] as const), [['put', ['it'], this.expr()], this.changing()]];
    if (roll <= 59) return ['if', this.condition(), [dice.chance(60) ? ['throw'] : ['return']], []];
    return this.changing();
  }

  private conditional(level: number, depth: number): Op {
    const { dice } = this;
    const branch = (most: number): Op[] => dice.several(1, most, () => this.op(level, depth + 1));
    return ['if', this.condition(), branch(2), dice.chance(30) ? branch(1) : []];
  }

  /** Sends what cannot come back for ever: a later kind, or anything as long as a counter is small. */
  private sending(level: number): Op {
    const { dice } = this;
    const target = dice.pick([
      'from',
      'peers',
      'peers',
      'self',
      'first',
      'next',
      'unseen',
      { node: dice.pick(this.nodes) },
    ] as const);
    const cargo = dice.pick(['none', 'none', 'none', 'seen', 'table', 'list', 'nested'] as const);
    const later = this.kinds.slice(level + 1);
    if (later.length > 0 && dice.chance(75)) return ['send', target, dice.pick(later), this.expr(), cargo];
    const send: Op = ['send', target, dice.pick(this.kinds), this.expr(), cargo];
    const few: Condition = ['is', ['size', 'list'], '<', ['const', dice.between(1, 2)]];
    return ['if', few, [['push', this.expr()], send], []];
  }

  private changing(): Op {
    const { dice } = this;
    switch (dice.between(1, 12)) {
      case 1:
      case 2:
        return ['inc', dice.pick([1, 1, 2, -1])];
      case 3:
        return ['set', dice.pick(['flag', 'done']), dice.chance(70)];
      case 4:
        return ['assign', dice.pick(['count', 'word']), this.expr()];
      case 5:
        return [dice.pick(['shift', 'noextra', 'merge', 'merge', 'fresh-state']) as 'shift'];
      case 6:
      case 7:
        return [dice.pick(['put', 'key', 'vote'] as const), this.expr(), this.expr()];
      case 8:
        return [dice.pick(['remove', 'drop', 'unkey'] as const), this.expr()];
      default:
        return [dice.pick(['add', 'add', 'push', 'best', 'path', 'extra'] as const), this.expr()];
    }
  }

  private expr(depth = 0): Expr {
    const { dice } = this;
    switch (dice.between(1, depth > 1 ? 8 : 10)) {
      case 1:
      case 2:
        return ['const', dice.pick<string | number>([0, 1, 2, 3, 'x', 'a', 'b'])];
      case 3:
      case 4:
        return [dice.pick(['value', 'value', 'from', 'count', 'best', 'word'] as const)];
      case 5:
      case 6:
        return [dice.pick(['id', 'from', 'first', 'next'] as const)];
      case 7:
        return ['size', dice.pick(['seen', 'table', 'list', 'keys'] as const)];
      case 8:
        return dice.chance(35) ? ['random', dice.between(2, 3)] : ['count'];
      case 9:
        return ['lookup', this.expr(depth + 1)];
      default:
        return ['plus', this.expr(depth + 1), dice.pick([1, 1, 2, -1])];
    }
  }

  private condition(depth = 0): Condition {
    const { dice } = this;
    switch (dice.between(1, depth > 0 ? 6 : 8)) {
      case 1:
        return [dice.pick(['flag', 'done'] as const)];
      case 2:
      case 3:
        return ['is', this.expr(1), dice.pick(['==', '<', '>=', '>='] as const), this.expr(1)];
      case 4:
        return [dice.pick(['seen', 'tabled', 'keyed'] as const), this.expr(1)];
      case 5:
        return ['is', ['id'], '==', ['const', dice.pick(this.nodes)]];
      case 6:
        return dice.chance(25) ? ['chance', 50] : ['is', ['count'], '<', ['const', dice.between(1, 3)]];
      case 7:
        return ['not', this.condition(depth + 1)];
      default:
        return ['and', this.condition(depth + 1), this.condition(depth + 1)];
    }
  }
}
