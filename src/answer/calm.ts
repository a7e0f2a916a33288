/**
 * The outputs of a spec, analysed and tried: a way from a question to its answer beside `ask.ts`.
 */
import type { Analysis } from '../calm/calm.js';
import { sourcesOf } from '../calm/paths.js';
import { contentOf, type ScheduleBounds, Schedules } from '../calm/schedules.js';
import { watched } from '../calm/watched.js';
import { type Found, findWitnesses, type Witness } from '../calm/witness.js';
import { LdfiError } from '../core/invariant.js';
import type { Row } from '../core/value.js';
import { withPauses } from '../core/work.js';
import { makeBounds } from '../faults/bounds.js';
import type { Bounds } from '../faults/fault.js';
import { smallestBounds } from '../faults/scenario.js';
import { DedalusSystem } from '../lineage/ground/system.js';
import type { CalmResult, OutputResult, ScheduleResult } from '../report/calm/model.js';
import { outlineOf } from '../report/calm/outline.js';
import { tell, timelineOf } from '../report/formats/timeline.js';
import { DedalusProvenance } from '../report/provenance/dedalus/provenance.js';
import { runView } from '../report/provenance/run-view.js';
import type { RunView } from '../report/provenance/views.js';
import type { Run } from '../simulator/run.js';
import type { DedalusSubject } from './dedalus.js';

export interface CalmOptions {
  /** Names of relations; by default the outputs of the program. */
  readonly outputs?: readonly string[] | undefined;
  /** Most schedules that are tried; 0 for none. */
  readonly schedules: number;
  /** Longest delay, in ticks. */
  readonly delay: number;
  /** Ends the search for witnesses with what it has. */
  readonly signal?: AbortSignal | undefined;
}

/** An answer, and what pictures of its schedules are made of: by output, the run in time and the other one. */
export interface CalmAnswer {
  readonly result: CalmResult;
  readonly views: ReadonlyMap<string, readonly [RunView, RunView]>;
}

/**
 * @param bounds the nodes, and an end of time in which the program has done its work
 * @throws LdfiError 'bad-bounds'
 */
export async function calmOf(subject: DedalusSubject, bounds: Bounds, options: CalmOptions): Promise<CalmAnswer> {
  const { program, spec } = subject;
  const { analysis, result } = outlineOf(program, spec, bounds.nodes, options.outputs);
  const limits = { nodes: bounds.nodes, eot: bounds.eot, delay: options.delay, until: bounds.eot };
  const tried = options.schedules > 0 ? await tryAll(subject, analysis, limits, options) : undefined;
  const views = new Map<string, readonly [RunView, RunView]>();
  const outputs = result.outputs.map((output): OutputResult => {
    const witness = tried?.found?.witnesses.get(output.relation);
    if (!witness || !tried) return output;
    views.set(output.relation, drawn(subject, witness, tried.bounds));
    return { ...output, witness: told(witness, sourcesOf(analysis.flow, output.relation)) };
  });
  return { result: { ...result, outputs, ...(tried && { tried: triedResult(tried, limits) }) }, views };
}

interface Tried {
  readonly bounds: Bounds;
  readonly found: Found | undefined;
  readonly stopped: string | undefined;
}

async function tryAll(
  { program }: DedalusSubject,
  { outputs, timing }: Analysis,
  limits: ScheduleBounds,
  { schedules: most, signal }: CalmOptions,
): Promise<Tried> {
  const schedules = new Schedules(program, limits, timing);
  const { bounds } = schedules.space;
  try {
    const names = outputs.map(({ relation }) => relation);
    const isOver = (): boolean => signal?.aborted === true;
    const found = await withPauses(findWitnesses(schedules, names, most, isOver), undefined);
    return { bounds, found, stopped: isOver() ? 'an interrupt or the timeout' : undefined };
  } catch (error) {
    if (!(error instanceof LdfiError && error.code.startsWith('limit-'))) throw error;
    return { bounds, found: undefined, stopped: error.message };
  }
}

const triedResult = (
  { bounds, found, stopped }: Tried,
  { delay, until }: ScheduleBounds,
): NonNullable<CalmResult['tried']> => ({
  schedules: found?.schedules ?? 0,
  restless: found?.restless ?? 0,
  delay,
  until,
  end: bounds.eot,
  complete: found?.complete ?? false,
  ...(stopped !== undefined && { stopped }),
});

function told({ output, runs }: Witness, relations: ReadonlySet<string>): [ScheduleResult, ScheduleResult] {
  const [usual, late] = runs;
  const end = endOf(runs, output);
  return [scheduleResult(usual, late, output, relations, end), scheduleResult(late, usual, output, relations, end)];
}

function scheduleResult(
  run: Run,
  other: Run,
  output: string,
  relations: ReadonlySet<string>,
  end: number,
): ScheduleResult {
  const [own, others] = [contentOf(run, output), contentOf(other, output)];
  const all = tell(run);
  const sent = run.messages();
  const messages = all.messages.filter((message, i) => relations.has(sent[i]?.relation ?? '') && message.sent < end);
  return {
    delays: run.scenario,
    timeline: timelineOf({ ...all, messages }),
    final: without(own.final, others.final),
    ever: without(own.ever, others.ever),
  };
}

function without(rows: readonly Row[], others: readonly Row[]): Row[] {
  const known = new Set(others.map((row) => JSON.stringify(row)));
  return rows.filter((row) => !known.has(JSON.stringify(row)));
}

/** The first tick from which on an output stays as it is in both runs, and all that was late has come. */
function endOf(runs: readonly [Run, Run], output: string): number {
  const rowsAt = (run: Run, tick: number): string => JSON.stringify(run.rows(output, tick));
  const ends = runs.map((run) => {
    let end = run.eot;
    while (end > 1 && rowsAt(run, end - 1) === rowsAt(run, run.eot)) end--;
    return end;
  });
  return Math.max(...ends, smallestBounds(runs[1].scenario).eot);
}

/** What pictures are made of, as far as there is something to see. */
function drawn({ program }: DedalusSubject, { runs, output }: Witness, bounds: Bounds): readonly [RunView, RunView] {
  const eot = Math.min(bounds.eot, endOf(runs, output) + 1);
  const provenance = new DedalusProvenance(new DedalusSystem(watched(program, output), makeBounds({ ...bounds, eot })));
  return [runView(provenance.case([])), runView(provenance.case(runs[1].scenario))];
}
