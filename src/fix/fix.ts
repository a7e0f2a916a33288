/**
 * Finds edits that mend a spec, and proves each: proposals from provenance, trials by runs, then full searches.
 *
 * A trial costs a few runs, a search much more, so all proposals are tried and few are searched. What breaks an edit in
 * a search is one more scenario for the trials of the others (counterexample-guided, as in inductive synthesis).
 */
import { pause } from '../core/event-loop.js';
import { LdfiError } from '../core/invariant.js';
import { groupBy } from '../core/memo.js';
import { DedalusProvenance } from '../report/provenance/dedalus/provenance.js';
import { type Proof, proofOf } from './proof.js';
import { both, proposalsFor, rankOf } from './proposals.js';
import { type Proposal, type Scene, sceneOf } from './scene.js';
import type { Breaker, Trial, Workshop } from './workshop.js';

/** An edit that was proved. */
export interface Fix {
  readonly proposal: Proposal;
  readonly proof: Proof;
}

/** The edit that comes nearest, where none mends all. */
interface Partial {
  readonly proposal: Proposal;
  /** How many of the known counterexamples it removes. */
  readonly removed: number;
  readonly known: number;
  /** What still breaks it. */
  readonly broken: Breaker;
}

export interface Fixes {
  /** The best first. */
  readonly fixes: readonly Fix[];
  readonly partial: Partial | undefined;
  /** How many edits were tried by runs, and how many searched. */
  readonly tried: number;
  readonly searched: number;
  readonly stopped: 'aborted' | undefined;
  /** The names of the checks, by the numbers that `Breaker` has. */
  readonly checks: readonly string[];
}

interface FixEvent {
  readonly kind: 'try' | 'prove';
  readonly done: number;
  readonly of: number;
  readonly found: number;
}

export interface FixOptions {
  /** Most edits that are given. */
  readonly most: number;
  readonly signal?: AbortSignal | undefined;
  readonly watch?: (event: FixEvent) => void;
}

/** Most counterexamples of a check from which edits are proposed, each of a class of its own. */
const MOST_SCENES = 4;

/** Most edits that are searched, of those that runs speak for, and as many pairs; most pairs that are tried, and edits that they are of. */
const MOST = { searched: 24, pairs: 400, partners: 30 } as const;

/** Deterministic but for when it is aborted: then it gives what was proved so far. */
export async function findFixes(shop: Workshop, options: FixOptions): Promise<Fixes> {
  const round = new Round(shop, options);
  try {
    await round.whole();
    return round.fixes(undefined);
  } catch (error) {
    if (!options.signal?.aborted || error !== options.signal.reason) throw error;
    return round.fixes('aborted');
  }
}

class Round {
  private readonly proved: Fix[] = [];
  private partial: Trial | undefined;
  private tried = 0;
  private searched = 0;

  constructor(
    private readonly shop: Workshop,
    private readonly options: FixOptions,
  ) {}

  async whole(): Promise<void> {
    const proposals = proposalsFor(await this.scenes());
    const trials = await this.trials(proposals);
    await this.prove(trials.filter(({ broken }) => !broken));
    if (this.proved.length === 0) await this.prove(await this.trials(this.pairs(trials), true));
  }

  fixes(stopped: Fixes['stopped']): Fixes {
    const { breakers } = this.shop;
    const partial = this.proved.length === 0 ? this.partial : undefined;
    return {
      fixes: distinct([...this.proved].sort((a, b) => this.rank(a) - this.rank(b))).slice(0, this.options.most),
      partial: partial?.broken && {
        proposal: partial.proposal,
        removed: partial.removed,
        known: breakers.filter(({ isKnown }) => isKnown).length,
        broken: partial.broken,
      },
      tried: this.tried,
      searched: this.searched,
      stopped,
      checks: this.shop.tried.map(({ check }) => check.name),
    };
  }

  /** What lasts beyond the end of time comes before what does not, and what costs nothing mostly before what does. */
  private rank({ proposal, proof: { beyond, cost } }: Fix): number {
    const isArtefact = beyond !== undefined && beyond.verdict !== 'holds';
    const price = cost.less > 0 ? 4 + (10 * cost.less) / cost.scenarios : 0;
    return (isArtefact ? 1_000 : 0) + price + rankOf(proposal, this.shop.roots);
  }

  /** One of each class of counterexamples. */
  private async scenes(): Promise<Scene[]> {
    const scenes: Scene[] = [];
    for (const { system, verdict } of this.shop.tried) {
      if (verdict.kind !== 'violated') continue;
      const provenance = new DedalusProvenance(system);
      const classes = [...groupBy(verdict.counterexamples, (one) => one.class).values()];
      for (const [{ faults }] of classes.slice(0, MOST_SCENES)) {
        await this.turn();
        scenes.push(sceneOf(provenance.case(faults), system.program, this.shop.roots));
      }
    }
    return scenes;
  }

  /** @param isSelective only those that nothing breaks are given */
  private async trials(proposals: readonly Proposal[], isSelective = false): Promise<Trial[]> {
    const trials: Trial[] = [];
    for (const [done, proposal] of proposals.entries()) {
      await this.turn();
      this.options.watch?.({ kind: 'try', done, of: proposals.length, found: this.proved.length });
      this.tried++;
      const trial = this.shop.trial(proposal, isSelective);
      if (!trial) continue;
      this.note(trial);
      trials.push(trial);
    }
    return trials;
  }

  /** Keeps the edit that comes nearest. */
  private note(trial: Trial): void {
    if (trial.broken && trial.removed > 0 && trial.removed > (this.partial?.removed ?? 0)) this.partial = trial;
  }

  private async prove(trials: readonly Trial[]): Promise<void> {
    const { shop, options } = this;
    const [before, most] = [shop.breakers.length, this.searched + MOST.searched];
    for (const [done, trial] of trials.entries()) {
      if (this.searched >= most || this.isEnough(trial)) return;
      await this.turn();
      options.watch?.({ kind: 'prove', done, of: trials.length, found: this.proved.length });
      if (shop.breaksBy(trial.program, before)) continue;
      this.searched++;
      const known = shop.breakers.length;
      const proof = await proofOf(shop, trial, options.signal).catch(noProof);
      if (proof) this.proved.push({ proposal: trial.proposal, proof });
      else this.note({ ...trial, broken: shop.breakers[known] });
    }
  }

  /** Whether so many better ones are proved that it need not be searched. */
  private isEnough({ proposal }: Trial): boolean {
    const rank = rankOf(proposal, this.shop.roots);
    return distinct(this.proved).filter((fix) => this.rank(fix) <= rank).length >= this.options.most;
  }

  /** Two edits together, of those that remove some counterexamples; those that remove most come first. */
  private pairs(trials: readonly Trial[]): Proposal[] {
    const partners = trials
      .filter(({ removed }) => removed > 0)
      .sort((a, b) => b.removed - a.removed)
      .slice(0, MOST.partners)
      .map(({ proposal }) => proposal);
    const pairs = partners.flatMap((one, i) => partners.slice(i + 1).flatMap((other) => both(one, other) ?? []));
    const { roots } = this.shop;
    return pairs.sort((a, b) => rankOf(a, roots) - rankOf(b, roots)).slice(0, MOST.pairs);
  }

  private async turn(): Promise<void> {
    await pause();
    this.options.signal?.throwIfAborted();
  }
}

/** An edit may make a run grow beyond all limits, under faults at least. */
function noProof(error: unknown): undefined {
  if (!(error instanceof LdfiError)) throw error;
}

/** The best of those that do the same thing to the same rule. */
function distinct(fixes: readonly Fix[]): Fix[] {
  const seen = new Set<string>();
  return fixes.filter(({ proposal: { kinds, splices } }) => {
    // Of clauses at one place each does something else.
    const places = splices.map(({ file, start, text }) => [file, start, text.includes('\n') ? text : '']);
    const key = JSON.stringify([kinds, places]);
    return !seen.has(key) && seen.add(key).size > 0;
  });
}
