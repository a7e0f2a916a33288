/**
 * A draft's check: reads the final world in as many ways as people do (properties, Maps, Sets, `in`, spreads, JSON,
 * early exits, short-circuits).
 */
import type { History, HistoryAnswer, Operation } from '../../../src/history/history.js';
import { linearizable, sequential } from '../../../src/history/linearizable.js';
import { models } from '../../../src/history/models.js';
import { monotonicReads, readYourWrites } from '../../../src/history/sessions.js';
import type { CheckAnswer, World } from '../../../src/protocol/types.js';
import type { State } from './behave.js';
import type { Comparison, Draft, Judgement, Look, Promised, Scope, Value } from './draft.js';

type Seen = Value | undefined;

export function checkOf({ provided, promise }: Pick<Draft, 'provided' | 'promise'>) {
  return (world: World<State>): CheckAnswer => {
    if (provided && !met(provided, world)) return 'vacuous';
    if (met(promise, world)) return 'holds';
    const culprits = culpritsOf(promise, world);
    return { violated: culprits.length > 0 ? culprits.map((node) => [node, promise[0]]) : `not ${promise[0]}` };
  };
}

const scoped = (scope: Scope, world: World<State>): readonly string[] =>
  scope === 'alive' ? world.alive : world.nodes;

function met(promised: Promised, world: World<State>): boolean {
  switch (promised[0]) {
    case 'agree': {
      const [first, ...others] = scoped(promised[1], world);
      if (first === undefined) return true;
      const wanted = lookAt(promised[2], world, first);
      return others.every((node) => lookAt(promised[2], world, node) === wanted);
    }
    case 'every':
      return scoped(promised[1], world).every((node) =>
        compares(lookAt(promised[2], world, node), promised[3], promised[4]),
      );
    case 'some':
      return scoped(promised[1], world).some((node) =>
        compares(lookAt(promised[2], world, node), promised[3], promised[4]),
      );
    case 'count': {
      let count = 0;
      for (const node of scoped(promised[1], world)) {
        if (compares(lookAt(promised[2], world, node), promised[3], promised[4])) count++;
        if (count >= promised[5]) return true;
      }
      return false;
    }
    case 'node':
      return compares(lookAt(promised[2], world, promised[1]), promised[3], promised[4]);
    case 'alive':
      return world.isAlive(promised[1]);
    case 'living':
      return world.alive.length >= promised[1];
    case 'judged':
      return JUDGES[promised[1]](world.history.slice(0, MOST_JUDGED)).kind === 'holds';
    case 'operations': {
      const are = world.history.filter((operation) => isOf(promised[1], operation));
      return compares(are.length, promised[2], promised[3]);
    }
    case 'sum':
      return sumOf(world.history) === promised[1];
    case 'and':
      return met(promised[1], world) && met(promised[2], world);
    case 'or':
      return met(promised[1], world) || met(promised[2], world);
    case 'not':
      return !met(promised[1], world);
  }
}

/** So many operations are judged: whether there is an order is a hard question. */
const MOST_JUDGED = 8;

const JUDGES: Readonly<Record<Judgement, (history: History) => HistoryAnswer>> = {
  linearizable: (history) => linearizable(history, models.register()),
  sequential: (history) => sequential(history, models.register()),
  monotonicReads,
  readYourWrites,
};

function isOf(what: 'all' | 'pending' | 'slow', { invoked, completed }: Operation): boolean {
  if (what === 'all') return true;
  return what === 'pending' ? completed === undefined : completed !== undefined && completed > invoked + 1;
}

/** What depends on every tick and turn of a history. */
export const sumOf = (history: History): number =>
  history.flatMap(({ invoked, completed = 0, turns = [] }, i) => [i, invoked, 2 * completed, ...turns]).reduce(add, 0) %
  3;

const add = (a: number, b: number): number => a + b;

/** The nodes to name in the witness: those that fall short of an `every`. */
function culpritsOf(promised: Promised, world: World<State>): string[] {
  if (promised[0] !== 'every') return [];
  const [, scope, look, comparison, value] = promised;
  return scoped(scope, world).filter((node) => !compares(lookAt(look, world, node), comparison, value));
}

function compares(left: Seen, comparison: Comparison, right: Value): boolean {
  switch (comparison) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '>=':
      return left !== undefined && left >= right;
    case '<=':
      return left !== undefined && left <= right;
  }
}

export function lookAt(look: Look, world: World<State>, node: string): Seen {
  const state = world.state(node);
  switch (look[0]) {
    case 'field':
      return state[look[1]];
    case 'size':
      return sizeOf(look[1], world, node);
    case 'best':
      return state.nested.best?.value;
    case 'at': {
      const [, what, index] = look;
      const item = what === 'list' ? state.list.at(index) : world.log(node).at(index);
      return typeof item === 'object' ? JSON.stringify(item) : (item as Seen);
    }
    case 'vote':
      return state.nested.votes.get(look[1])?.has(look[2]);
    case 'json':
      return JSON.stringify(look[1] === 'log' ? world.log(node) : jsonPart(look[1], state));
    case 'joined':
      return joined(look[1], state);
    default:
      return lookFor(look[0], look[1], world, node);
  }
}

function sizeOf(what: 'seen' | 'table' | 'list' | 'keys' | 'votes' | 'log', world: World<State>, node: string): number {
  const state = world.state(node);
  switch (what) {
    case 'list':
      return state.list.length;
    case 'keys':
      return Object.keys(state.record).length;
    case 'votes':
      return state.nested.votes.size;
    case 'log':
      return world.log(node).length;
    default:
      return state[what].size;
  }
}

const jsonPart = (what: 'best' | 'list' | 'record' | 'path', state: State): unknown =>
  what === 'best' || what === 'path' ? state.nested[what] : state[what];

type Search = 'has' | 'get' | 'tabled' | 'includes' | 'index' | 'in' | 'key' | 'own' | 'found' | 'logged';

function lookFor(how: Search, value: Value, world: World<State>, node: string): Seen {
  const state = world.state(node);
  switch (how) {
    case 'has':
      return state.seen.has(value);
    case 'get':
      return state.table.get(value);
    case 'tabled':
      return state.table.has(value);
    case 'includes':
      return state.list.includes(value);
    case 'index':
      return state.list.indexOf(value);
    case 'in':
      return String(value) in state.record && 'count' in state;
    case 'key':
      return state.record[String(value)];
    case 'own':
      return Object.hasOwn(state.record, String(value)) || 'extra' in state;
    case 'found':
      for (const item of state.seen) if (item === value) return true;
      for (const [key, item] of state.table) if (item === value) return key;
      return false;
    case 'logged':
      return world
        .log(node)
        .some((fact) => (typeof fact === 'object' ? (fact as { value: Value }).value === value : fact === value));
  }
}

type Joined = 'seen' | 'table' | 'values' | 'entries' | 'spread' | 'rest' | 'each' | 'votes' | 'sorted';

function joined(what: Joined, state: State): string {
  switch (what) {
    case 'seen':
      return [...state.seen].join();
    case 'sorted':
      return [...state.list].sort().reverse().join();
    case 'table':
      return [...state.table].map(([key, value]) => `${key}=${value}`).join();
    case 'values':
      return Array.from(state.table.values()).join();
    case 'entries':
      return Object.entries(state.record)
        .map(([key, value]) => `${key}=${value}`)
        .join();
    case 'spread':
      return JSON.stringify({ ...state.record, more: [...state.list, 0] });
    case 'rest': {
      const { count, seen, table, list, record, nested, ...rest } = state;
      return JSON.stringify(rest);
    }
    case 'each': {
      const items: Value[] = [];
      state.table.forEach((value, key) => {
        items.push(key, value);
      });
      state.seen.forEach((value) => {
        items.push(value);
      });
      return items.join();
    }
    case 'votes':
      return [...state.nested.votes].map(([key, votes]) => `${key}:${[...votes].length}`).join();
  }
}
