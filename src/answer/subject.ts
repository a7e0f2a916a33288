/**
 * What a question is about: a Dedalus program (one or more files) or a protocol (one export of a module). It brings
 * what differs between kinds of systems, so that nobody else has to know which kind there is.
 */
import type { Row } from '../core/value.js';
import type { Work } from '../core/work.js';
import type { SourceFile } from '../dedalus/ast.js';
import type { Bounds, Scenario } from '../faults/fault.js';
import type { System, SystemRun, Warning } from '../lineage/port.js';
import type { Place } from '../report/answer.js';
import type { TimelineRun } from '../report/formats/timeline.js';
import type { Question } from '../report/meaning.js';
import type { Provenance } from '../report/provenance/case.js';
import type { CheckResult, SpecFiles } from '../report/result.js';
import type { Rates } from '../risk/rates.js';
import type { BoundOverrides, Check } from '../search/check.js';
import type { SearchOptions } from '../search/events.js';
import type { Verdict } from '../search/verdict.js';
import type { Invariant } from '../simulator/outcome.js';
import type { Tree, Verifier } from '../verify/tree.js';

/** Leaves of the largest certificate that is made. */
export const MOST_LEAVES = 20_000;

/** How to look at it. */
export interface Reading {
  readonly lineage: 'auto' | 'total' | 'run';
  readonly invariant: Invariant;
}

/** How to search. */
export interface Method extends Reading {
  readonly search: SearchOptions;
  /** Counterexamples are to be ranked by these. */
  readonly rates?: Rates;
  /** Warnings are to make the check fail, which is asked this. */
  readonly strict?: Question;
}

/** How it is done where nobody asks for anything else. */
export const usualMethod = (signal: AbortSignal): Method => ({
  search: { strategy: 'lineage', seed: 1, signal },
  lineage: 'auto',
  invariant: 'strict',
});

export interface Subject {
  readonly kind: 'dedalus' | 'protocol';
  /** All files it is made of, by the names that results use. */
  readonly files: readonly SourceFile[];
  readonly spec: SpecFiles;
  /** What a node keeps over a restart: names of relations, or of fields of the state. */
  readonly durable: readonly string[];
  /** What sets it apart from others in the same files; empty if there are none. */
  readonly name: string;
  /** Whether it says itself what is to be checked. */
  readonly hasChecks: boolean;
  /** What to say if it does not: `the spec has no …`. */
  readonly lacksChecks: string;
  /** What the checks of its text remark on. */
  readonly remarks: readonly Warning[];
  /** How much there is of what it consists of. */
  readonly parts: Readonly<Record<string, number>>;

  /** @throws LdfiError 'bad-bounds' */
  checks(overrides: BoundOverrides): readonly Check[];
  /** What looks like a mistake in the bounds of a check; empty if all is well. */
  doubts(check: Check): string;

  /** @throws LdfiError 'bad-bounds' */
  system(bounds: Bounds, reading: Reading): System;
  /** What checks certificates of it within bounds, apart from all that searches. */
  verifier(bounds: Bounds): Verifier;
  /**
   * Grows the tree of a certificate; yields how many leaves it has now and then. To be asked where the promise holds.
   * @throws LdfiError 'limit-certificate', 'limit-ground'
   */
  certify(bounds: Bounds, signal: AbortSignal): Work<Tree, number | undefined>;
  /** Whether what a system throws is a mistake in the subject, to be kept with its result. */
  readonly mayThrow: boolean;
  /** What to know about how the verdict came about. */
  notice(system: System): string | undefined;
  /** The verdict under the other invariant, where it differs. */
  otherReading(check: Check, verdict: Verdict, system: System, method: Method): Promise<CheckResult['otherReading']>;
  /** What was learned of handlers that the reader of a result cannot run. */
  learn(system: System, check: CheckResult): Promise<CheckResult['learned']>;

  /**
   * What explains the runs of some scenarios, and those with one fault less; undefined if only whole runs are known.
   * @throws LdfiError for handlers that break the rules
   */
  provenance(
    system: System,
    check: CheckResult,
    scenarios: readonly Scenario[],
    signal?: AbortSignal,
  ): Promise<Provenance | undefined>;

  tell(run: SystemRun): TimelineRun;
  /** What a run without faults promises at its end. */
  promised(run: SystemRun): readonly Row[];
  /** Where a handler is defined, or what is promised, or what asks for a check. */
  spot(what: { readonly handler: string } | 'promise' | 'check', check: Pick<CheckResult, 'name' | 'spec'>): Place;
  /** Where to look first. @param run of a counterexample of the check */
  place(check: CheckResult, run: SystemRun | undefined): Place;
}
