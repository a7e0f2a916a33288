/**
 * Helpers of the views' tests: the specs' checks with some of their counterexamples, and what must be true of any case.
 */

import { fileReader } from '../../../../src/cli/io/file-reader.js';
import { findSpecs } from '../../../../src/cli/io/files.js';
import { rowOf } from '../../../../src/core/outcome.js';
import { loadProgram } from '../../../../src/dedalus/load.js';
import type { Fault, Scenario } from '../../../../src/faults/fault.js';
import { formatFault } from '../../../../src/faults/scenario.js';
import { DedalusSystem } from '../../../../src/lineage/ground/system.js';
import type { Case } from '../../../../src/report/provenance/case.js';
import { DedalusProvenance } from '../../../../src/report/provenance/dedalus/provenance.js';
import type { Traced } from '../../../../src/report/provenance/dedalus/traced.js';
import type { FactView, WhyView } from '../../../../src/report/provenance/views.js';
import { resolveChecks } from '../../../../src/search/check.js';
import { search } from '../../../../src/search/search.js';

export interface Example {
  readonly name: string;
  readonly of: DedalusProvenance;
  /** Minimal counterexamples, at most three. */
  readonly counterexamples: readonly Scenario[];
}

/** The checks of the specs whose names contain one of `only`. */
export async function examples(only: readonly string[]): Promise<Example[]> {
  const found: Example[] = [];
  for (const path of findSpecs(['specs']).specs) {
    if (!only.some((part) => path.includes(part))) continue;
    const { program } = loadProgram([path], fileReader);
    if (!program) throw new Error(`${path} does not load`);
    for (const { name, bounds } of resolveChecks(program)) {
      const system = new DedalusSystem(program, bounds);
      const of = new DedalusProvenance(system);
      found.push({ name: `${path} ${name}`, of, counterexamples: await counterexamplesOf(system) });
    }
  }
  return found;
}

async function counterexamplesOf(system: DedalusSystem): Promise<Scenario[]> {
  const found: Scenario[] = [];
  for await (const event of search(system, { maxExecutions: 12 }))
    if (event.kind === 'verdict') found.push(...event.verdict.counterexamples.map(({ faults }) => faults));
  return found.slice(0, 3);
}

/** The `post` rows that a violated run lacks, as questions. */
export const missingPosts = (it: Case<Traced>): FactView[] =>
  it.run.outcome.witnesses.map((row) => ({ relation: 'post', row: rowOf(row), tick: it.run.eot, text: '' }));

/** The faults that explanations name, following what blocked and why what blocked is there. */
export function faultsReached(it: Case<Traced>, from: readonly FactView[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const seen = new Set<string>();
  const queue = [...from];
  const add = (fault: Fault | undefined): unknown => fault && reached.add(formatFault(fault));
  for (let fact = queue.pop(); fact; fact = queue.pop()) {
    const key = JSON.stringify([fact.relation, fact.row, fact.tick]);
    if (seen.has(key)) continue;
    seen.add(key);
    const { holds, steps } = it.why(fact);
    for (const { fault, body } of steps) {
      add(fault);
      for (const { fact: child, blocking } of body) if (holds || blocking) queue.push(child);
    }
  }
  return reached;
}

/** Every explanation that can be reached from these facts by expanding anything. */
export function* expansions(it: Case<Traced>, from: readonly FactView[], most: number): Generator<WhyView> {
  const seen = new Set<string>();
  const queue = [...from];
  for (let i = 0; i < queue.length && seen.size < most; i++) {
    const fact = queue[i] as FactView;
    const key = JSON.stringify([fact.relation, fact.row, fact.tick]);
    if (seen.has(key)) continue;
    seen.add(key);
    const view = it.why(fact);
    yield view;
    for (const { body } of view.steps) for (const { fact: child } of body) queue.push(child);
  }
}
