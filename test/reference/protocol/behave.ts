/**
 * A draft's handlers: each list of operations is carried out on `ctx`, as a hand-written handler would.
 */
import type { Actor, Context } from '../../../src/protocol/types.js';
import type { Cargo, Condition, Draft, Expr, Op, Target, Value } from './draft.js';

export interface State {
  count: number;
  flag: boolean;
  done: boolean;
  word: Value;
  seen: Set<Value>;
  table: Map<Value, Value>;
  list: Value[];
  record: Record<string, Value>;
  nested: { best: { value: Value; by: string } | null; votes: Map<Value, Set<Value>>; path: { at: Value[] }[] };
  extra?: Value;
  /** Ids of operations. */
  open?: string[];
}

export interface Message {
  kind: string;
  value: Value;
  seen?: Set<Value>;
  table?: Map<Value, Value>;
  list?: Value[];
  nested?: { votes: Map<Value, Set<Value>> };
}

type Ctx = Context<State, Message>;

/** What a handler is called with. */
interface Scene {
  readonly ctx: Ctx;
  readonly from: string;
  readonly message: Message | undefined;
  readonly it: string;
}

export function startOf(draft: Draft, id: string): State {
  const { count, flag, word } = draft.start[id] ?? { count: 0, flag: false, word: '' };
  return {
    count,
    flag,
    done: false,
    word,
    seen: new Set(),
    table: new Map(),
    list: [],
    record: {},
    nested: { best: null, votes: new Map(), path: [] },
    ...(draft.asks && { open: [] }),
  };
}

export function actorOf(draft: Draft): Actor<State, Message> {
  const scene = (ctx: Ctx, from = ctx.id, message?: Message): Scene => ({ ctx, from, message, it: ctx.id });
  return {
    init: (ctx) => {
      perform(draft.init, scene(ctx));
    },
    ...(draft.onRestart && {
      onRestart: (ctx: Context<State, Message>) => {
        perform(draft.onRestart ?? [], scene(ctx));
      },
    }),
    onMessage: (ctx, from, message) => {
      perform(draft.onMessage[message.kind] ?? [], scene(ctx, from, message));
    },
    onTimer: (ctx, name) => {
      perform(draft.onTimer[name] ?? [], scene(ctx));
    },
  };
}

/** Carries out operations; false if one of them returned. */
function perform(ops: readonly Op[], scene: Scene): boolean {
  return ops.every((op) => step(op, scene));
}

function step(op: Op, scene: Scene): boolean {
  const { ctx } = scene;
  switch (op[0]) {
    case 'return':
      return false;
    case 'throw':
      throw new Error(`${ctx.id} gives up at ${ctx.state.count}`);
    case 'if':
      return perform(holds(op[1], scene) ? op[2] : op[3], scene);
    case 'each': {
      const nodes = op[1] === 'peers' ? ctx.peers : ctx.nodes.filter((node) => ctx.state.seen.has(node));
      return nodes.every((it) => perform(op[2], { ...scene, it }));
    }
    case 'send':
      for (const to of targets(op[1], scene))
        ctx.send(to, { kind: op[2], value: evaluate(op[3], scene), ...cargo(op[4], ctx.state) });
      return true;
    case 'timer':
      ctx.setTimer(op[1], ticks(op[2], scene));
      return true;
    case 'periodic':
      ctx.setPeriodic(op[1], ticks(op[2], scene));
      return true;
    case 'clear':
      ctx.clearTimer(op[1]);
      return true;
    case 'log':
      ctx.log(op[1] === 'row' ? { what: op[1], value: evaluate(op[2], scene) } : evaluate(op[2], scene));
      return true;
    case 'invoke': {
      const value = evaluate(op[2], scene);
      ctx.state.open?.push(ctx.invoke(op[1] === 'read' ? { kind: 'read' } : { kind: 'write', value }));
      return true;
    }
    case 'complete': {
      const id = op[1] === 'oldest' ? ctx.state.open?.shift() : ctx.state.open?.pop();
      if (id !== undefined) ctx.complete(id, evaluate(op[2], scene));
      return true;
    }
    default:
      change(op, scene);
      return true;
  }
}

const ticks = (expr: Expr, scene: Scene): number => 1 + (Math.abs(numeric(evaluate(expr, scene))) % 3);

function numeric(value: Value): number {
  return typeof value === 'number' ? value : String(value).length;
}

type Effect =
  | 'return'
  | 'throw'
  | 'if'
  | 'each'
  | 'send'
  | 'timer'
  | 'periodic'
  | 'clear'
  | 'log'
  | 'invoke'
  | 'complete';

type Change = Exclude<Op, readonly [Effect, ...unknown[]]>;

/** Operations on the state alone. */
function change(op: Op, scene: Scene): void {
  const { ctx, message } = scene;
  const { state } = ctx;
  const [name, first, second] = op as Change & readonly [string, Expr, Expr];
  const value = (): Value => evaluate(first, scene);
  switch (name as Change[0]) {
    case 'inc':
      state.count += op[1] as number;
      break;
    case 'set':
      state[op[1] as 'flag' | 'done'] = op[2] as boolean;
      break;
    case 'assign':
      if ((op[1] as string) === 'count') state.count = numeric(evaluate(second, scene));
      else state.word = evaluate(second, scene);
      break;
    case 'add':
      state.seen.add(value());
      break;
    case 'remove':
      state.seen.delete(value());
      break;
    case 'push':
      state.list.push(value());
      break;
    case 'shift':
      state.list.shift();
      break;
    case 'put':
      state.table.set(value(), evaluate(second, scene));
      break;
    case 'drop':
      state.table.delete(value());
      break;
    case 'key':
      state.record[String(value())] = evaluate(second, scene);
      break;
    case 'unkey':
      delete state.record[String(value())];
      break;
    case 'best': {
      const { best } = state.nested;
      if (best === null || numeric(value()) > numeric(best.value))
        state.nested.best = { value: value(), by: scene.from };
      break;
    }
    case 'vote': {
      // Evaluated once: with chance in it, a second time may give another key, and one Set would stand in two places.
      const key = value();
      const votes = state.nested.votes.get(key) ?? new Set();
      state.nested.votes.set(key, votes.add(evaluate(second, scene)));
      break;
    }
    case 'path':
      state.nested.path.push({ at: [value(), scene.from] });
      break;
    case 'extra':
      state.extra = value();
      break;
    case 'noextra':
      delete state.extra;
      break;
    case 'merge':
      for (const item of message?.seen ?? []) state.seen.add(item);
      for (const [key, item] of message?.table ?? []) state.table.set(key, item);
      for (const item of message?.list ?? []) if (!state.list.includes(item)) state.list.push(item);
      for (const [key, votes] of message?.nested?.votes ?? [])
        state.nested.votes.set(key, new Set([...(state.nested.votes.get(key) ?? []), ...votes]));
      break;
    case 'fresh-state':
      ctx.state = { ...state, list: [...state.list], record: {}, flag: !state.flag };
      break;
  }
}

/** A copy of a part of the state. */
function cargo(what: Cargo, { seen, table, list, nested }: State): Partial<Message> {
  switch (what) {
    case 'none':
      return {};
    case 'seen':
      return { seen: new Set(seen) };
    case 'table':
      return { table: new Map(table) };
    case 'list':
      return { list: [...list] };
    case 'nested':
      return { nested: { votes: new Map([...nested.votes].map(([key, votes]) => [key, new Set(votes)])) } };
  }
}

function targets(target: Target, { ctx, from, it }: Scene): readonly string[] {
  if (typeof target === 'object') return [target.node];
  switch (target) {
    case 'from':
      return [from];
    case 'peers':
      return ctx.peers;
    case 'self':
      return [ctx.id];
    case 'first':
      return [ctx.nodes[0] as string];
    case 'next':
      return [nextOf(ctx)];
    case 'it':
      return [it];
    case 'unseen':
      return ctx.peers.filter((peer) => !ctx.state.seen.has(peer));
  }
}

const nextOf = ({ nodes, id }: Ctx): string => nodes[(nodes.indexOf(id) + 1) % nodes.length] as string;

function evaluate(expr: Expr, scene: Scene): Value {
  const { ctx, from, message, it } = scene;
  const { state } = ctx;
  switch (expr[0]) {
    case 'const':
      return expr[1];
    case 'id':
      return ctx.id;
    case 'from':
      return from;
    case 'it':
      return it;
    case 'first':
      return ctx.nodes[0] as string;
    case 'next':
      return nextOf(ctx);
    case 'value':
      return message?.value ?? 0;
    case 'count':
      return state.count;
    case 'word':
      return state.word;
    case 'best':
      return state.nested.best?.value ?? 0;
    case 'size':
      if (expr[1] === 'list') return state.list.length;
      return expr[1] === 'keys' ? Object.keys(state.record).length : state[expr[1]].size;
    case 'lookup':
      return state.table.get(evaluate(expr[1], scene)) ?? 'none';
    case 'plus':
      return numeric(evaluate(expr[1], scene)) + expr[2];
    case 'random':
      return Math.floor(ctx.random() * expr[1]);
  }
}

function holds(condition: Condition, scene: Scene): boolean {
  const { ctx } = scene;
  switch (condition[0]) {
    case 'flag':
    case 'done':
      return ctx.state[condition[0]];
    case 'is': {
      const [left, right] = [evaluate(condition[1], scene), evaluate(condition[3], scene)];
      if (condition[2] === '==') return left === right;
      return condition[2] === '<' ? numeric(left) < numeric(right) : numeric(left) >= numeric(right);
    }
    case 'seen':
      return ctx.state.seen.has(evaluate(condition[1], scene));
    case 'tabled':
      return ctx.state.table.has(evaluate(condition[1], scene));
    case 'keyed':
      return String(evaluate(condition[1], scene)) in ctx.state.record;
    case 'chance':
      return ctx.random() * 100 < condition[1];
    case 'not':
      return !holds(condition[1], scene);
    case 'and':
      return holds(condition[1], scene) && holds(condition[2], scene);
  }
}
