/**
 * The search over experiments on a real system: baselines, then the loop by lineage, then the exact pass, then a verdict.
 *
 * ```ts
 * const verdict = await searchLive(system, { maxFaults: 2 });
 * ```
 * The loop is lineage-driven fault injection as it is practised on services (Alvaro et al., "Automating Failure Testing
 * Research at Internet Scale", SoCC 2016). It finds most of what there is with few experiments, and takes for granted
 * that faults do not hide one another; the exact pass does not.
 */
import { invariant } from '../core/invariant.js';
import { isOpen, unexplained } from './closing.js';
import { confirmAll } from './confirm.js';
import type { Experiment, LiveSystem } from './experiment.js';
import type { FaultSet } from './fault-sets.js';
import { clausesOf, smallestHypotheses } from './hypotheses.js';
import { Laboratory, Stopped } from './laboratory.js';
import { type LiveSearchOptions, type Purpose, settingsOf } from './options.js';
import type { LiveCounterexample, LiveStop, LiveVerdict, LiveVerdictKind } from './verdict.js';

/**
 * @returns the verdict; counterexamples that were found are in it whatever ended the search
 * @throws LdfiError 'bad-options', and what the system throws
 */
export async function searchLive<E extends Experiment>(
  system: LiveSystem<E>,
  options: LiveSearchOptions<E> = {},
): Promise<LiveVerdict<E>> {
  return new LiveSearch(new Laboratory(system, settingsOf(options))).verdict();
}

class LiveSearch<E extends Experiment> {
  private readonly found: LiveCounterexample<E>[] = [];
  private readonly baselines: E[] = [];
  private exact = 0;
  private monotone: number | undefined;
  private needed: number | undefined;

  constructor(private readonly laboratory: Laboratory<E>) {}

  async verdict(): Promise<LiveVerdict<E>> {
    try {
      const early = await this.begin();
      if (early) return this.conclude(early);
      if (this.laboratory.settings.lineage) await this.loop();
      await this.close();
      return this.conclude();
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      return this.conclude(undefined, error.reason);
    }
  }

  /** Experiments without faults; a verdict if there is no point in going on. */
  private async begin(): Promise<LiveVerdictKind | undefined> {
    const { settings, reasons, knowledge } = this.laboratory;
    const baseline = (): Promise<E> => this.laboratory.make([], 'baseline');
    // The first is alone: it may be what warms the system up.
    this.baselines.push(await baseline());
    this.baselines.push(...(await this.laboratory.each(Array<null>(settings.baselines - 1).fill(null), baseline)));
    for (const problem of this.baselines.flatMap(({ problems }) => problems)) reasons.add(problem);
    const bad = this.baselines.filter(({ outcome }) => outcome.kind === 'bad').length;
    if (bad === this.baselines.length) return reasons.size > 0 ? 'unreliable' : 'broken';
    if (bad > 0) reasons.add(`without faults the promise was broken in ${bad} of ${this.baselines.length} experiments`);
    for (const run of this.baselines) if (run.problems.length === 0) knowledge.learn(run);
    for (const reason of differences(this.baselines)) reasons.add(reason);
    if (bad > 0 || knowledge.experiments.length === 0) return 'unreliable';
    return [...knowledge.kinds.values()].every((kinds) => kinds.length === 0) ? 'vacuous' : undefined;
  }

  private async loop(): Promise<void> {
    const { knowledge, settings, parallel } = this.laboratory;
    const { maxFaults } = settings;
    for (;;) {
      const avoided = this.laboratory.unresolved;
      const hypotheses = await smallestHypotheses(knowledge, { most: parallel, maxFaults, avoided });
      if (hypotheses.length === 0) break;
      invariant(
        hypotheses.some((set) => isOpen(knowledge, set)),
        'a hypothesis is not explained',
      );
      await this.tryAll(hypotheses, 'hypothesis');
    }
    // Where the answer rests on nothing that can fail, the loop has tried nothing.
    const rests = clausesOf(knowledge).some(({ hits }) => hits.length > 0);
    if (!settings.safety && rests) this.monotone = maxFaults;
  }

  private async close(): Promise<void> {
    const { knowledge, settings } = this.laboratory;
    for (let size = 1; size <= settings.exact; size++) {
      for (;;) {
        const open = unexplained(knowledge, size).filter((set) => !this.laboratory.isUnresolved(set));
        if (open.length === 0) break;
        if (!settings.insist && open.length > this.laboratory.left) {
          this.needed = open.length;
          return;
        }
        await this.tryAll(open, 'exact pass');
      }
      this.exact = size;
    }
  }

  /** Makes experiments, but for those that others explain meanwhile, and confirms what they find. */
  private async tryAll(sets: readonly FaultSet[], purpose: Purpose): Promise<void> {
    const { knowledge } = this.laboratory;
    const bad: E[] = [];
    try {
      await this.laboratory.each(sets, async (faults) => {
        if (!isOpen(knowledge, faults)) return;
        const run = await this.laboratory.learn(faults, purpose);
        if (run?.outcome.kind === 'bad') bad.push(run);
      });
    } finally {
      await confirmAll(this.laboratory, bad, this.found);
    }
  }

  private conclude(early?: LiveVerdictKind, stopped?: LiveStop): LiveVerdict<E> {
    const { reasons, made } = this.laboratory;
    for (const doubt of this.laboratory.system.doubts?.() ?? []) reasons.add(doubt);
    return {
      kind: early ?? this.kind(stopped !== undefined),
      counterexamples: [...this.found].sort((a, b) => a.faults.length - b.faults.length),
      // What nobody knows of some sets may be what breaks the promise.
      exact: reasons.size > 0 ? 0 : this.exact,
      monotone: reasons.size > 0 ? undefined : this.monotone,
      stopped,
      needed: this.needed,
      reasons: [...reasons],
      baseline: this.baselines[0],
      experiments: made,
    };
  }

  private kind(stopped: boolean): LiveVerdictKind {
    const { reasons, settings } = this.laboratory;
    if (this.found.length > 0) return 'counterexamples';
    if (reasons.size > 0) return 'unreliable';
    if (stopped) return 'stopped';
    if (settings.exact > 0 && this.exact === settings.exact) return 'exact';
    if (this.monotone !== undefined && !settings.insist) return 'monotone';
    return 'stopped';
  }
}

/** What experiments with the same faults do not agree on. */
function differences(runs: readonly Experiment[]): string[] {
  const sets = runs.map(({ calls }) => new Set(calls.map(({ id }) => id)));
  const all = [...new Set(sets.flatMap((set) => [...set]))];
  const sometimes = all.filter((id) => !sets.every((set) => set.has(id)));
  return sometimes.map(
    (id) =>
      `without faults ${id} occurred in ${sets.filter((set) => set.has(id)).length} of ${runs.length} experiments`,
  );
}
