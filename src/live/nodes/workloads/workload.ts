/**
 * A workload: what clients ask of the nodes, and what they may rely on.
 *
 * ```ts
 * const echo: Workload = {
 *   name: 'echo',
 *   promise: 'every answer repeats what was asked',
 *   plan: (nodes) => nodes.map((node, i) => ({ node, body: () => ({ type: 'echo', echo: `hello ${i}` }) })),
 *   judge: ({ history }) => …,
 * };
 * ```
 * Operations follow one another, each of the client of its node: the next is asked for when the one before was answered,
 * or when it is overdue. So nothing overlaps by chance, and everything does that a fault holds up. An operation without
 * an answer is indeterminate: it may have taken effect, or may still.
 */
import type { Body } from '../message.js';
import type { Asked } from '../record.js';

/** One operation of the client of a node. */
export interface Planned {
  readonly node: string;
  /** What is asked, given what the same client has asked before; nothing if there is nothing to ask. */
  body(before: readonly Asked[]): Body | undefined;
}

/** What is judged. */
export interface Evidence {
  readonly nodes: readonly string[];
  /** Nodes that are up. */
  readonly live: readonly string[];
  /** In the order in which operations were asked for. */
  readonly history: readonly Asked[];
  /** Number of the last round of reads at the end; 0 if there was none. */
  readonly round: number;
}

export interface Judgement {
  /** What is broken, each in a sentence; empty if the promise is kept. */
  readonly broken: readonly string[];
  /** Whether no later read can mend it. */
  readonly lasting: boolean;
  /** The answers that the promise rests on. */
  readonly restsOn: readonly Asked[];
}

export interface Workload {
  readonly name: string;
  /** What clients may rely on, in a sentence. */
  readonly promise: string;
  /** What each node is told after `init`, and again after a restart; it has to answer. */
  setup?(node: string, nodes: readonly string[]): Body;
  plan(nodes: readonly string[]): Planned[];
  /**
   * What the client of a node that is up asks at the end, when the network is quiet; again and again until the promise
   * is kept or time is up.
   */
  final?(node: string, evidence: Evidence): Body[];
  judge(evidence: Evidence): Judgement;
  /** What clients were told, as far as it has to be the same without faults. */
  told?(evidence: Evidence): string[];
}

/** A judgement of what nothing can mend. */
export const lasting = (broken: readonly string[], restsOn: readonly Asked[]): Judgement => ({
  broken,
  lasting: broken.length > 0,
  restsOn,
});

/** Operations of a type that were answered well. */
export const answered = (history: readonly Asked[], type: string): (Asked & { readonly reply: Body })[] =>
  history.filter(
    (asked): asked is Asked & { readonly reply: Body } =>
      asked.body.type === type && asked.status === 'ok' && asked.reply !== undefined,
  );

/** Operations over the nodes in turn. */
export function inTurn(
  nodes: readonly string[],
  count: number,
  body: (i: number, before: readonly Asked[]) => Body | undefined,
): Planned[] {
  return Array.from({ length: count }, (_, i) => ({
    node: nodes[i % nodes.length] ?? '',
    body: (before) => body(i, before),
  }));
}
