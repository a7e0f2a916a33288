/**
 * From a verdict to the result that text, JSON and page are made of.
 */
import type { LiveFault } from '../../../experiments/experiment.js';
import type { LiveVerdict } from '../../../experiments/verdict.js';
import { plainInWords } from '../../../report/plain.js';
import { printableJson } from '../../../report/result.js';
import { recordedOf } from '../../recorded/record.js';
import { faultText, kindInWords } from '../faults.js';
import { type Body, contentOf } from '../message.js';
import type { RunRecord } from '../record.js';
import type { NodesExperiment, NodesSystem } from '../system.js';
import { NODES_SCHEMA_VERSION, type NodesCounterexample, type NodesResult, type RunResult } from './schema.js';

/** Most messages of a run that a result keeps. */
const MOST_MESSAGES = 2_000;
/** How much of what a message says is kept, in characters. */
const MOST_SAID = 160;
/** How much of standard error is kept for each node, in characters. */
const MOST_STDERR = 4_000;

export interface Limits {
  readonly maxFaults: number;
  readonly maxRuns: number;
  /** Experiments with larger sets of faults, of which not all were tried. */
  readonly beyond: number;
}

export function resultOf(
  version: string,
  { world, grouped }: NodesSystem,
  verdict: LiveVerdict<NodesExperiment>,
  { maxFaults, maxRuns, beyond }: Limits,
  special: { readonly first?: boolean; readonly injected?: readonly LiveFault[] } = {},
): NodesResult {
  const { nodes, kinds, eff, eot, tickMs, workload, command } = world;
  const { baseline, monotone, needed } = verdict;
  const stopped = special.first ? 'first' : verdict.stopped;
  return {
    schemaVersion: NODES_SCHEMA_VERSION,
    tool: { name: 'ldfi', version },
    kind: 'nodes',
    workload: workload.name,
    promise: workload.promise,
    command: [...command],
    bounds: { nodes: [...nodes], faults: [...kinds], eff, eot, tickMs, maxFaults, maxRuns },
    verdict: special.injected && verdict.kind === 'exact' ? 'kept' : verdict.kind,
    ...(special.injected && { injected: special.injected.map(faultText) }),
    exact: verdict.exact,
    beyond,
    ...(monotone !== undefined && { monotone }),
    ...(stopped && { stopped }),
    ...(needed !== undefined && { needed }),
    reasons: [...verdict.reasons],
    grouped: [...grouped],
    injectable: baseline?.calls.length ?? 0,
    experiments: verdict.experiments,
    counterexamples: verdict.counterexamples.map(
      ({ faults, experiment, minimal, reproduced, attempts }): NodesCounterexample => ({
        faults: faults.map(({ call, kind }) => ({ call, kind, words: faultInWords(experiment.record, call, kind) })),
        why: experiment.outcome.kind === 'bad' ? [...experiment.outcome.why] : [],
        minimal,
        reproduced: reproduced + 1,
        attempts: attempts + 1,
        run: runOf(experiment.record),
      }),
    ),
    ...(baseline && { baseline: runOf(baseline.record) }),
    broken: baseline?.outcome.kind === 'bad' ? [...baseline.outcome.why] : [],
    recorded: recordedOf(verdict),
  };
}

const says = (body: Body): string => {
  const content = contentOf(body);
  return Object.keys(content).length === 0 ? '' : plainInWords(content, MOST_SAID);
};

/** `n0 → n1  tell { message: 1 }  is lost`. */
function faultInWords({ messages }: RunRecord, call: string, kind: string): string {
  const message = messages.find(({ id, fault }) => id === call && fault !== undefined);
  if (!message) return `${kind} at ${call}`;
  const { from, to, body } = message;
  const clause = kindInWords({ kind }, message);
  const which = / #(\d+)$/.exec(call)?.[1];
  const nth = which === undefined || which === '1' ? '' : ` (no. ${which} of its kind)`;
  const what = `${from} → ${to}  ${body.type}${call.endsWith(' *') ? ', all of them,' : ` ${says(body)}${nth}`}`;
  return `${what.trimEnd()}${clause.startsWith(':') ? '' : '  '}${clause}`;
}

function runOf({ messages, happenings, history, live, end, stderr }: RunRecord): RunResult {
  const readsFrom = history.find(({ round }) => round > 0)?.invoked;
  return {
    messages: messages.slice(0, MOST_MESSAGES).map(({ id, from, to, body, sent, arrivals, fate, fault }) => ({
      ...{ id, from, to, type: body.type, says: says(body), sent: sent.tick },
      arrivals: arrivals.map(({ tick }) => tick),
      fate,
      ...(fault && { fault: fault.kind }),
    })),
    left: Math.max(0, messages.length - MOST_MESSAGES),
    nodes: happenings.map(({ tick, node, words }) => ({ tick, node, words })),
    operations: history.map(({ client, node, body, round, invoked, completed, status, reply }) => ({
      ...{ client, node, asks: `${body.type} ${says(body)}`.trimEnd(), round, invoked },
      ...(completed !== undefined && { completed }),
      status,
      ...(reply && { answer: `${reply.type} ${says(reply)}`.trimEnd() }),
    })),
    ...(readsFrom !== undefined && { readsFrom }),
    end,
    live: [...live],
    stderr: Object.fromEntries(Object.entries(stderr).map(([node, text]) => [node, text.slice(-MOST_STDERR)])),
  };
}

/** Two-space JSON with a line end, safe to print. */
export const nodesToJson = (result: NodesResult): string => `${printableJson(JSON.stringify(result, undefined, 2))}\n`;
