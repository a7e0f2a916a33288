/**
 * The world at the end of time, and what a protocol's check says of it.
 */
import { LdfiError } from '../../core/invariant.js';
import type { Outcome } from '../../core/outcome.js';
import { compareRows, type Row } from '../../core/value.js';
import { clonePlain } from '../data/plain.js';
import { guarded, takeImpurity } from '../guards/guards.js';
import type { World } from '../types.js';
import { failedAssertion } from './assertion.js';
import { isA, lineOf } from './call.js';
import type { Judge } from './host.js';
import { historyOf } from './recorded.js';
import type { Final } from './run.js';
import { isThenable } from './run-to-completion.js';

/** What has nodes, and something to say of how they end. */
export interface Judged {
  readonly nodes: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: states and facts of any kind
  readonly definition: { readonly [by in Judge]?: ((world: World<any, any>) => unknown) | undefined };
}

/**
 * The outcome of final nodes (in the order of the protocol's nodes). A handler that threw breaks every promise.
 * @param end which end it is, for errors
 * @throws LdfiError 'bad-protocol'
 */
export function judge(protocol: Judged, finals: readonly Final[], end = '', by: Judge = 'check'): Outcome {
  const failed = finals.flatMap(({ failure }, i): Row[] =>
    failure === undefined ? [] : [[protocol.nodes[i] ?? '', failure]],
  );
  if (failed.length > 0) return violated(failed);
  return outcomeOf(answerOf(protocol, worldOf(protocol.nodes, finals), end, by), by);
}

/**
 * What the check answers; an assertion in it that fails is a broken promise.
 * @throws LdfiError 'bad-protocol', 'impure-handler' if it throws anything else or is no function of the world
 */
export function answerOf(protocol: Judged, world: World<unknown>, end = '', by: Judge = 'check'): unknown {
  try {
    const answer = guarded(() => protocol.definition[by]?.(world));
    refuseImpure(by);
    return answer;
  } catch (error) {
    refuseImpure(by);
    if (isA(error, LdfiError)) throw error;
    const asserted = failedAssertion(error);
    if (asserted !== undefined) return { violated: asserted };
    const said = `${by} threw ${lineOf(error)}${end}. Answer { violated: … } for a broken promise, or assert`;
    throw new LdfiError('bad-protocol', said, [], error);
  }
}

function refuseImpure(by: Judge): void {
  const impure = takeImpurity();
  if (impure)
    throw new LdfiError(
      'impure-handler',
      `${by}: ${impure.problem}. It must depend on nothing but the world`,
      [],
      impure,
    );
}

/** The world of final nodes, as copies: a check may do with them as it likes. */
export function worldOf(nodes: readonly string[], finals: readonly Final[]): World<unknown> {
  const states: { readonly copy: unknown }[] = [];
  const logs: (readonly unknown[])[] = [];
  let history: World<unknown>['history'] | undefined;
  return {
    nodes: [...nodes],
    alive: nodes.filter((_, i) => finals[i]?.alive),
    isAlive: (node) => finals[numberOf(nodes, node)]?.alive === true,
    state: (node) => {
      const number = numberOf(nodes, node);
      states[number] ??= { copy: clonePlain(finals[number]?.state) };
      return states[number].copy;
    },
    log: (node) => {
      const number = numberOf(nodes, node);
      logs[number] ??= clonePlain((finals[number] as Final).log);
      return logs[number];
    },
    get history() {
      history ??= historyOf(nodes, (node) => clonePlain((finals[node] as Final).history));
      return history;
    },
  };
}

/** @throws LdfiError 'bad-protocol' if there is no such node */
export function numberOf(nodes: readonly string[], node: string): number {
  const number = nodes.indexOf(node);
  if (number < 0)
    throw new LdfiError('bad-protocol', `check asks for "${node}", which is not one of the nodes ${nodes.join(', ')}`);
  return number;
}

/** A check's answer as an outcome. @throws LdfiError 'bad-protocol' if it is none */
export function outcomeOf(answer: unknown, by: Judge = 'check'): Outcome {
  const rows = rowsOf(answer);
  if (rows === 'holds' || rows === 'vacuous') return { kind: rows, witnesses: [], readingsDiffer: false };
  if (rows) return violated(rows);
  const wanted = '"holds", "vacuous" or { violated: "what is broken" }';
  throw new LdfiError('bad-protocol', `${by} must answer ${wanted}, not ${inShort(answer)}`);
}

/**
 * What an answer says, with at least one row, and none of them empty, for what is violated; undefined if it says
 * nothing.
 */
function rowsOf(answer: unknown): 'holds' | 'vacuous' | Row[] | undefined {
  try {
    if (answer === 'holds' || answer === 'vacuous') return answer;
    if (typeof answer !== 'object' || answer === null || !('violated' in answer)) return undefined;
    const { violated: given } = answer;
    const several = Array.isArray(given) && given.some((item) => Array.isArray(item));
    const rows = (several ? (given as unknown[]) : [given]).map(witness);
    return rows.every((row) => row !== undefined && row.length > 0) ? (rows as Row[]) : undefined;
  } catch {
    // It throws when it is looked at.
    return undefined;
  }
}

const violated = (rows: readonly Row[]): Outcome => ({
  kind: 'violated',
  witnesses: [...rows].sort(compareRows),
  readingsDiffer: false,
});

function inShort(answer: unknown): string {
  try {
    if (isThenable(answer)) return 'a promise: it must not be async';
    return JSON.stringify(answer) ?? String(answer);
  } catch {
    return `a ${typeof answer}`;
  }
}

function witness(given: unknown): Row | undefined {
  if (typeof given === 'string') return [given];
  const isRow = Array.isArray(given) && given.every((item) => typeof item === 'string' || typeof item === 'number');
  return isRow ? [...(given as Row)] : undefined;
}
