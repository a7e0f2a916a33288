/**
 * Random promises over the final world, with constants from the failure-free run.
 */
import type { World } from '../../../src/protocol/types.js';
import type { State } from './behave.js';
import type { Dice } from './dice.js';
import type { Comparison, Draft, Look, Promised, Scope, Value } from './draft.js';
import { lookAt } from './judge.js';
import type { Definition, NaiveRun } from './naive.js';

/** What a promise is drawn from. */
interface Source {
  readonly dice: Dice;
  readonly world: World<State>;
  /** Values that occur. */
  readonly values: readonly Value[];
}

export function randomPromise(
  dice: Dice,
  { nodes }: Definition,
  run: NaiveRun,
): Pick<Draft, 'promise'> & Partial<Pick<Draft, 'provided'>> {
  const world: World<State> = {
    nodes: [...nodes].sort(),
    alive: run.alive,
    isAlive: (node) => run.alive.includes(node),
    state: (node) => run.states.get(node) as State,
    log: (node) => run.logs.get(node) ?? [],
    history: run.history,
  };
  const source: Source = { dice, world, values: ['x', 1, 'yes', 'in', 7, ...nodes] };
  const promise = promised(source, dice.pick([0, 0, 0, 1, 1, 2]));
  return dice.chance(30) ? { promise, provided: promised(source, 0) } : { promise };
}

function promised(source: Source, depth: number): Promised {
  const { dice, world } = source;
  if (depth > 0) {
    if (dice.chance(15)) return ['not', promised(source, depth - 1)];
    return [dice.pick(['and', 'and', 'or'] as const), promised(source, depth - 1), promised(source, depth - 1)];
  }
  const scope: Scope = dice.chance(75) ? 'alive' : 'all';
  const look = interesting(source);
  const node = dice.pick(world.nodes);
  const [comparison, value] = compared(source, look, node);
  switch (dice.between(1, 11)) {
    case 1:
      return ['agree', scope, look];
    case 2:
    case 3:
    case 4:
      return ['every', scope, look, comparison, value];
    case 5:
    case 6:
      return ['some', scope, look, comparison, value];
    case 7:
    case 8:
      return ['count', scope, look, comparison, value, dice.between(1, Math.min(3, world.nodes.length))];
    case 9:
    case 10:
      return ['node', node, look, comparison, value];
    default:
      return dice.chance(60) ? ['alive', node] : ['living', dice.between(1, world.nodes.length)];
  }
}

/** A look, most of the time one that sees something other than the emptiest value somewhere. */
function interesting(source: Source): Look {
  const { world } = source;
  for (let tries = 0; tries < 12; tries++) {
    const look = randomLook(source);
    const answers = world.nodes.map((node) => lookAt(look, world, node));
    if (answers.some((it) => it !== undefined && it !== false && it !== 0 && it !== '' && it !== '[]' && it !== -1))
      return look;
  }
  return randomLook(source);
}

function randomLook({ dice, values }: Source): Look {
  const value = dice.pick(values);
  switch (dice.between(1, 9)) {
    case 1:
    case 2:
      return ['field', dice.pick(['count', 'flag', 'done', 'done', 'word', 'extra'] as const)];
    case 3:
      return ['size', dice.pick(['seen', 'table', 'list', 'keys', 'votes', 'log'] as const)];
    case 4:
    case 5:
      return [
        dice.pick(['has', 'get', 'tabled', 'includes', 'index', 'in', 'key', 'own', 'found', 'logged'] as const),
        value,
      ];
    case 6:
      return ['at', dice.pick(['list', 'log'] as const), dice.pick([0, 0, 1, -1])];
    case 7:
      return dice.chance(50) ? ['vote', dice.pick(['in', 'yes', value]), dice.pick(values)] : ['best'];
    case 8:
      return ['json', dice.pick(['best', 'list', 'record', 'log', 'path'] as const)];
    default:
      return [
        'joined',
        dice.pick(['seen', 'table', 'values', 'entries', 'spread', 'rest', 'each', 'votes', 'sorted'] as const),
      ];
  }
}

/** A comparison that the node's final value meets. */
function compared({ dice, world }: Source, look: Look, node: string): [Comparison, Value] {
  const value = lookAt(look, world, node);
  if (value === undefined) return ['!=', dice.pick(['x', 0, true])];
  if (typeof value === 'number') return [dice.pick(['==', '>=', '>=', '<='] as const), value];
  if (value === '' || value === '[]' || value === false) return [dice.pick(['==', '!='] as const), value];
  return ['==', value];
}
