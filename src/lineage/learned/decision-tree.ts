/**
 * A check as a decision tree over its probes: what it answers wherever it was asked, or would have read the same.
 *
 * Invariant: a leaf is what the check answers wherever the answers on the way to it are given. The tree can be written
 * down and read back.
 */
import { LdfiError } from '../../core/invariant.js';
import type { Outcome } from '../../core/outcome.js';

import { parsePlain, textOf } from '../../protocol/data/plain-text.js';
import type { Judge } from '../../protocol/runtime/host.js';
import { answerTo, type Probe, type Read } from '../../protocol/runtime/probe.js';
import type { Final } from '../../protocol/runtime/run.js';

export type Tree =
  | { readonly kind: 'leaf'; readonly outcome: Outcome }
  | { readonly kind: 'decision'; readonly probe: Probe; readonly branches: Map<string, Tree> };

/** Where a tree hangs, or will hang. */
export interface Place {
  get(): Tree | undefined;
  set(tree: Tree): void;
}

/** The place of a branch. */
export const branchOf = (branches: Map<string, Tree>, answer: string): Place => ({
  get: () => branches.get(answer),
  set: (tree) => {
    branches.set(answer, tree);
  },
});

/** A tree as data: a leaf's outcome, or the text of a probe and its branches. */
export type TreeData =
  | { readonly outcome: Outcome }
  | { readonly probe: string; readonly branches: readonly (readonly [answer: string, tree: TreeData])[] };

export class DecisionTree {
  private tree: Tree | undefined;

  readonly root: Place = {
    get: () => this.tree,
    set: (tree) => {
      this.tree = tree;
    },
  };

  /** Adds what the check read, in order, and what it answered then; false if that contradicts what is known. */
  grow(reads: readonly Read[], outcome: Outcome): boolean {
    let place = this.root;
    for (const { probe, answer } of reads) {
      let tree = place.get();
      if (tree === undefined) {
        tree = { kind: 'decision', probe, branches: new Map() };
        place.set(tree);
      }
      if (tree.kind === 'leaf' || tree.probe.id !== probe.id) return false;
      place = branchOf(tree.branches, answer);
    }
    const leaf = place.get();
    if (leaf === undefined) place.set({ kind: 'leaf', outcome });
    return leaf === undefined || (leaf.kind === 'leaf' && JSON.stringify(leaf.outcome) === JSON.stringify(outcome));
  }

  /** What the check answers for final nodes and what it reads on the way; no outcome where it was never asked. */
  decide(finals: readonly Final[]): { readonly outcome: Outcome | undefined; readonly reads: readonly Read[] } {
    const reads: Read[] = [];
    let tree = this.tree;
    while (tree?.kind === 'decision') {
      const { probe, branches } = tree;
      const answer = answerTo(probe, finals[probe.node] as Final);
      reads.push({ probe, answer });
      tree = branches.get(answer);
    }
    return { outcome: tree?.outcome, reads };
  }

  clear(): void {
    this.tree = undefined;
  }

  data(): TreeData | undefined {
    return this.tree && toData(this.tree);
  }

  static from(data: TreeData | undefined): DecisionTree {
    const tree = new DecisionTree();
    tree.tree = data && fromData(data);
    return tree;
  }
}

function toData(tree: Tree): TreeData {
  if (tree.kind === 'leaf') return { outcome: tree.outcome };
  return {
    probe: textOf(tree.probe),
    branches: [...tree.branches].map(([answer, below]) => [answer, toData(below)] as const),
  };
}

function fromData(data: TreeData): Tree {
  if ('outcome' in data) return { kind: 'leaf', outcome: data.outcome };
  const branches = new Map(data.branches.map(([answer, below]) => [answer, fromData(below)]));
  return { kind: 'decision', probe: parsePlain(data.probe) as Probe, branches };
}

/** The check, or `always`, is no function of the world. */
export function contradiction(by: Judge): LdfiError {
  return new LdfiError(
    'impure-handler',
    `${by} answers otherwise when it is asked again about the same world: it must depend on nothing but the world`,
  );
}
