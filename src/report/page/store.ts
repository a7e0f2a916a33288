/**
 * What the reader looks at: one small state, changed only by `set`, kept in the address (`#…`) so that a link leads
 * back to it.
 */
import type { Scenario } from '../../faults/fault.js';
import { canonical, parseFaults, scenarioCommand } from '../../faults/scenario.js';
import { type FactKey, factName } from '../provenance/views.js';

export interface State {
  /** Position of the check in the result. */
  readonly check: number;
  readonly scenario: Scenario;
  /** Whether the reader has asked for a scenario that the bounds do not admit. */
  readonly beyond: boolean;
  /** Node and tick whose tables are shown. */
  readonly node: string | undefined;
  readonly tick: number;
  readonly fact: FactKey | undefined;
  /** Selected message, by its id. */
  readonly message: string | undefined;
  /** Selected fault, as `formatFault` writes it. */
  readonly fault: string | undefined;
  /** Everything at full strength, or what is outside the causal slice dimmed. */
  readonly all: boolean;
  /** Whether what only the good run has is drawn as ghosts. */
  readonly ghosts: boolean;
}

export type Changed = ReadonlySet<keyof State>;

export class Store {
  private readonly listeners: ((state: State, changed: Changed) => void)[] = [];

  constructor(private current: State) {}

  get state(): State {
    return this.current;
  }

  subscribe(listener: (state: State, changed: Changed) => void): void {
    this.listeners.push(listener);
  }

  set(change: Partial<State>): void {
    const before = this.current;
    const next = { ...before, ...change };
    const keys = (Object.keys(next) as (keyof State)[]).filter((key) => !same(before[key], next[key]));
    if (keys.length === 0) return;
    this.current = next;
    const changed = new Set(keys);
    for (const listener of this.listeners) listener(next, changed);
  }
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/**
 * The state as the part of an address behind `#`.
 * @param names of the checks
 */
export function toHash(state: State, names: readonly string[]): string {
  const check = names[state.check] ?? String(state.check + 1);
  const query = new URLSearchParams({ check, faults: scenarioCommand(state.scenario) });
  if (state.beyond) query.set('bounds', 'beyond');
  if (state.node !== undefined) query.set('at', JSON.stringify([state.node, state.tick]));
  if (state.fact) query.set('fact', factName(state.fact));
  if (state.message !== undefined) query.set('message', state.message);
  if (state.all) query.set('show', 'all');
  if (!state.ghosts) query.set('ghosts', 'off');
  return `#${query}`;
}

/**
 * What an address says; whatever in it makes no sense is left out. A check is named, or in older links numbered.
 * @param names of the checks
 */
export function fromHash(hash: string, names: readonly string[]): Partial<State> {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const check = numberOf(query.get('check'), names);
  const faults = faultsOf(query.get('faults'));
  const at = parse(query.get('at'));
  const fact = factOf(parse(query.get('fact')));
  return {
    ...(check !== undefined && { check }),
    ...(faults && { scenario: faults }),
    ...(Array.isArray(at) && typeof at[0] === 'string' && isTick(at[1]) && { node: at[0], tick: at[1] }),
    fact,
    message: query.get('message') ?? undefined,
    beyond: query.get('bounds') === 'beyond',
    all: query.get('show') === 'all',
    ghosts: query.get('ghosts') !== 'off',
  };
}

function numberOf(name: string | null, names: readonly string[]): number | undefined {
  if (name === null) return undefined;
  const found = names.indexOf(name);
  const number = found < 0 ? Number(name) - 1 : found;
  return Number.isInteger(number) && number >= 0 ? number : undefined;
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isTick = (value: unknown): value is number => Number.isInteger(value);

function faultsOf(text: string | null): Scenario | undefined {
  const read = text === null ? undefined : parseFaults(text);
  return read && 'faults' in read ? canonical(read.faults) : undefined;
}

function factOf(value: unknown): FactKey | undefined {
  if (!Array.isArray(value)) return undefined;
  const [relation, row, tick]: unknown[] = value;
  if (typeof relation !== 'string' || !Array.isArray(row) || !isTick(tick)) return undefined;
  const values = row.filter((item): item is string | number => typeof item === 'string' || typeof item === 'number');
  return { relation, row: values, tick };
}
