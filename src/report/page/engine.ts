/**
 * What the page asks of a check, whatever it is of: a Dedalus program, which the page runs itself (`dedalus.ts`), or a protocol, of which it
 * has the learned transitions (`protocol.ts`).
 */
import type { Row } from '../../core/value.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import type { Scenario } from '../../faults/fault.js';
import type { ReportModel } from '../model.js';
import type { CheckResult } from '../schema.js';
import type { FactView, Ledger, RunView, SlotView, Source, TableView, WhyView } from '../views.js';
import { BlindEngine } from './blind.js';
import { DedalusEngine } from './dedalus.js';
import { ProtocolEngine } from './protocol.js';
import type { FactKey } from './store.js';

/** Facts of one tick, by a key that is equal for equal facts. */
export type Rows = ReadonlyMap<string, { readonly relation: string; readonly row: Row }>;

/** What is said of a fact that holds, that is missing, and that is rightly absent; each to be followed by 'at tick 3'. */
export interface Verbs {
  readonly holds: string;
  readonly missing: string;
  readonly absent: string;
}

export interface Engine {
  readonly check: CheckResult;
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Why nothing can be tried out in the page, if so. */
  readonly closed: string | undefined;
  view(scenario: Scenario): RunView;
  why(scenario: Scenario, fact: FactKey): WhyView;
  holds(scenario: Scenario, fact: FactKey): boolean;
  /** Whether a fact holds in one of this run and the good run, and not in the other. */
  differs(scenario: Scenario, fact: FactKey): boolean;
  /** Whether a fact leads on the way to what the faults did. */
  decides(scenario: Scenario, fact: FactKey): boolean;
  /** A fact as text. */
  text(fact: Pick<FactKey, 'relation' | 'row'>): string;
  verbs(fact: FactKey): Verbs;
  /** The facts at the end that the outcome comes down to. */
  roots(view: RunView): FactKey[];
  /** Of a protocol: what is otherwise at the end than where the promise is kept, in words. */
  contrasts(view: RunView): string[];
  /** Ids of the messages that bring a fact. */
  brings(view: RunView): (fact: FactView) => readonly string[];
  ledger(scenario: Scenario): Ledger;
  tables(scenario: Scenario, node: string, tick: number): TableView[];
  /** What each handler of a node did in a tick; none for Dedalus programs, which have rules. */
  slots(scenario: Scenario, node: string, tick: number): SlotView[];
  /** The facts of a tick of a run. */
  rowsAt(scenario: Scenario): (tick: number) => Rows;
  /** Relations that are there for the promise only; none of a protocol. */
  readonly helpers: ReadonlySet<string>;
  /** `post` rows of the good run at the end of time: what was promised, and kept. */
  promised(): Row[];
  /** What a node that is up never gets in this run though it does in the good one, to say in a few words what the faults did. */
  neverThere(view: RunView): { readonly node: string; readonly text: string } | undefined;
  /** Where the promise is written down, if that is one place. */
  readonly promise: Source | undefined;
}

/** @throws Error if the spec in the report does not load */
export function makeEngine({ result, files, learned }: ReportModel, index: number): Engine {
  const check = result.checks[index];
  if (!check) throw new Error('the report has no such check');
  if (check.spec.kind !== 'protocol') return DedalusEngine.make(result.invariant, files, check);
  const known = learned?.[index];
  const own = files.filter(({ path }) => check.spec.files.includes(path));
  if (!known || 'missing' in known)
    return new BlindEngine(check, own, known ? known.missing : 'nothing was learned of its handlers');
  return new ProtocolEngine(check, own, known);
}
