/**
 * A Dedalus program as what a question is about.
 */

import type { BloomProgram } from '../bloom/model.js';
import { certifyProgram } from '../certify/dedalus.js';
import { LdfiError } from '../core/invariant.js';
import { visible } from '../core/text.js';
import type { Work } from '../core/work.js';
import type { SourceFile } from '../dedalus/ast.js';
import type { Diagnostic } from '../dedalus/diagnostic.js';
import { locate } from '../dedalus/locate.js';
import type { Program } from '../dedalus/program.js';
import { durableRelations } from '../dedalus/stops.js';
import type { Bounds } from '../faults/fault.js';
import { DedalusSystem } from '../lineage/ground/system.js';
import type { Warning } from '../lineage/port.js';
import type { Place } from '../report/answer.js';
import { tell } from '../report/formats/timeline.js';
import type { Provenance } from '../report/provenance/case.js';
import { DedalusProvenance } from '../report/provenance/dedalus/provenance.js';
import { placeInProgram, spotInProgram } from '../report/reporters/locate.js';
import { type CheckResult, type SpecFiles, specFiles } from '../report/result.js';
import { type BoundOverrides, type Check, resolveChecks } from '../search/check.js';
import type { Verdict } from '../search/verdict.js';
import type { Run } from '../simulator/run.js';
import type { Tree } from '../verify/tree.js';
import { Worlds } from '../verify/worlds.js';
import { type Method, MOST_LEAVES, type Reading, type Subject } from './subject.js';
import { verdictOf } from './verdict.js';

export class DedalusSubject implements Subject {
  readonly kind = 'dedalus';
  readonly name = '';
  readonly mayThrow = false;
  readonly spec: SpecFiles;
  readonly lacksChecks = 'the spec has no `//! check …` line';
  readonly tell = tell;

  /**
   * @param roots the files that make the program, as people name them
   * @param diagnostics what was said of them, which may be left out
   * @param bloom what it was translated from, if it was not written in Dedalus
   */
  constructor(
    readonly program: Program,
    readonly files: readonly SourceFile[],
    roots: readonly string[],
    private readonly diagnostics: readonly Diagnostic[] = [],
    bloom?: BloomProgram,
  ) {
    this.spec = { ...specFiles(roots, files), ...(bloom && { bloom }) };
  }

  get remarks(): Warning[] {
    return this.diagnostics.map(({ code, message, hint, span }) => ({
      code,
      message: `${message}${hint === undefined ? '' : ` (${hint})`}.`,
      place: locate(this.files, span),
    }));
  }

  get hasChecks(): boolean {
    return this.program.checks.length > 0;
  }

  get parts() {
    const { rules, facts } = this.program;
    return { rule: rules.length, fact: facts.length };
  }

  get durable(): readonly string[] {
    return durableRelations(this.program);
  }

  checks(overrides: BoundOverrides): Check[] {
    const { facts, rules, checks } = this.program;
    if (facts.length === 0 && overrides.nodes === undefined && !checks.some(({ nodes }) => nodes)) {
      const what = rules.length === 0 ? 'there is nothing in it' : 'without facts there are no nodes';
      throw new LdfiError('bad-bounds', `${what}; add facts, or name the nodes: --nodes a,b,c`);
    }
    return resolveChecks(this.program, overrides);
  }

  /** A list of nodes with a typing mistake in it: a node without facts, and facts at what is no node. */
  doubts({ name, bounds: { nodes } }: Check): string {
    const places = new Set(this.program.facts.map(({ row }) => String(row[0])));
    const unknown = nodes.filter((node) => !places.has(node));
    const idle = [...places].filter((place) => !nodes.includes(place));
    if (unknown.length === 0 || idle.length === 0) return '';
    return `check ${visible(name)}: no fact is at node ${listed(unknown)}; there are facts at ${listed(idle)}, which ${idle.length > 1 ? 'are no nodes' : 'is no node'}`;
  }

  system(bounds: Bounds, reading: Reading): DedalusSystem {
    return new DedalusSystem(this.program, bounds, reading);
  }

  verifier(bounds: Bounds): Worlds {
    return new Worlds(this.program, bounds);
  }

  certify(bounds: Bounds): Work<Tree, number | undefined> {
    return certifyProgram(new DedalusSystem(this.program, bounds), this.verifier(bounds), MOST_LEAVES);
  }

  notice(): undefined {
    return undefined;
  }

  async learn(): Promise<undefined> {
    return undefined;
  }

  /**
   * Every violation under 'reference' is one under 'strict', so only two cases need a look: violated under strict, and
   * not violated under reference.
   */
  async otherReading(
    { bounds }: Check,
    verdict: Verdict,
    system: DedalusSystem,
    method: Method,
  ): Promise<CheckResult['otherReading']> {
    const strict = method.invariant === 'strict';
    const telling = strict ? ['violated'] : ['holds', 'vacuous'];
    if (!telling.includes(verdict.kind)) return undefined;
    if (strict)
      for (const { faults } of verdict.counterexamples)
        if (!(await system.run(faults)).outcome.readingsDiffer) return undefined;
    const invariant = strict ? 'reference' : 'strict';
    const other = await verdictOf(this.system(bounds, { ...method, invariant }), { ...method.search, first: true });
    return other.kind === verdict.kind || other.kind === 'inconclusive'
      ? undefined
      : { invariant, verdict: other.kind };
  }

  async provenance(system: DedalusSystem): Promise<Provenance> {
    return new DedalusProvenance(system) as unknown as Provenance;
  }

  promised(run: Run) {
    return run.rows('pre', run.eot);
  }

  spot(what: { readonly handler: string } | 'promise' | 'check', check: Pick<CheckResult, 'name' | 'spec'>): Place {
    return spotInProgram(this.program, what === 'promise' ? what : 'check', check);
  }

  place(check: CheckResult, run: Run | undefined): Place {
    return placeInProgram(this.program, check, run);
  }
}

const listed = (names: readonly string[]): string =>
  visible(names.slice(0, 5).join(', ') + (names.length > 5 ? ' …' : ''));
