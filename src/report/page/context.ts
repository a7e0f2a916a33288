/**
 * What every part of the page is given: the engine of the check, the state, and the few things that a reader can do.
 */
import type { Fault, Scenario } from '../../faults/fault.js';
import type { Case } from '../provenance/case.js';
import type { FactKey, RunView, Source } from '../provenance/views.js';
import type { Result } from '../schema.js';
import type { Engine } from './engine.js';
import type { State } from './store.js';

export interface Context {
  readonly result: Result;
  readonly engine: Engine;
  readonly state: State;
  readonly view: RunView;
  /** Why the scenario lies outside the bounds of the check, in sentences; nothing if it lies within. */
  readonly beyond: string;
  /** The run that is shown, with its provenance, if there is any. */
  readonly it: Case | undefined;
  readonly act: Actions;
}

export interface Actions {
  set(change: Partial<State>): void;
  /** Another scenario; refused with a sentence if the bounds do not admit it. */
  inject(faults: Scenario): void;
  /** Another scenario, though the bounds do not admit it. */
  tryBeyond(faults: Scenario): void;
  remove(fault: Fault): void;
  /** Shows the messages of a fact, and its node's state. */
  select(fact: FactKey): void;
  /** Explains a fact. */
  ask(fact: FactKey): void;
  source(source: Source): void;
  /** Messages that stand out until something else is selected. */
  emphasise(ids: Iterable<string>): void;
}
