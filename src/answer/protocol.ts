/**
 * A protocol as what a question is about.
 */

import { certifyProtocol } from '../certify/protocol.js';
import { LdfiError } from '../core/invariant.js';
import type { Work } from '../core/work.js';
import type { SourceFile } from '../dedalus/ast.js';
import type { Bounds, Scenario } from '../faults/fault.js';
import type { ProtocolRun } from '../lineage/learned/run.js';
import type { Knowledge, ProtocolOptions, ProtocolSystem } from '../lineage/learned/system.js';
import type { ProtocolInfo } from '../protocol/runtime/host.js';
import type { Place } from '../report/answer.js';
import { tell } from '../report/formats/timeline.js';
import { type Provenance, withoutEach } from '../report/provenance/case.js';
import { learn } from '../report/provenance/learned/knowledge.js';
import { LearnedProvenance } from '../report/provenance/learned/provenance.js';
import { type Handler, handlerIn, handlerToBlame, placeInModule, placeOfThrow } from '../report/reporters/locate.js';
import type { CheckResult, SpecFiles } from '../report/result.js';
import type { BoundOverrides, Check } from '../search/check.js';
import { ProtocolWorlds } from '../verify/protocol-worlds.js';
import type { Tree } from '../verify/tree.js';
import { WholeRuns } from '../verify/whole-runs.js';
import { protocolChecks } from './protocol-checks.js';
import { MOST_LEAVES, type Reading, type Subject } from './subject.js';

/** Whoever runs the protocol's own code. @throws LdfiError 'bad-bounds' */
export type SystemOpener = (bounds: Bounds, options: ProtocolOptions) => ProtocolSystem;

export class ProtocolSubject implements Subject {
  readonly kind = 'protocol';
  readonly mayThrow = true;
  readonly spec: SpecFiles;
  readonly tell = tell;
  readonly remarks = [];

  /**
   * @param root the module, as people name it
   * @param alone whether it is the only protocol of its module
   * @param exportedAs names by which the module exports it
   */
  constructor(
    readonly protocol: ProtocolInfo,
    readonly files: readonly SourceFile[],
    root: string,
    private readonly alone: boolean,
    private readonly open: SystemOpener,
    readonly exportedAs: readonly string[] = [],
  ) {
    const paths = files.map(({ path }) => path);
    this.spec = { roots: [root], files: paths, kind: 'protocol', protocol: protocol.name };
  }

  get name(): string {
    return this.alone ? '' : this.protocol.name;
  }

  get hasChecks(): boolean {
    return this.protocol.checks.length > 0;
  }

  get lacksChecks(): string {
    return `the protocol ${this.protocol.name} has no \`checks\``;
  }

  get parts() {
    return { protocol: 1, check: this.protocol.checks.length };
  }

  get durable(): readonly string[] {
    return this.protocol.durable;
  }

  checks(overrides: BoundOverrides): Check[] {
    if (overrides.nodes)
      throw new LdfiError(
        'bad-bounds',
        'a protocol names its nodes itself: change `nodes` in defineProtocol, and leave out --nodes (or `nodes` in the configuration)',
      );
    return protocolChecks(this.protocol, overrides, this.alone);
  }

  doubts(): string {
    return '';
  }

  system(bounds: Bounds, { lineage }: Reading): ProtocolSystem {
    return this.open(bounds, { lineage: lineage === 'run' ? 'run' : 'auto' });
  }

  verifier(bounds: Bounds): ProtocolWorlds | WholeRuns {
    const { host } = this.open(bounds, {});
    return this.protocol.kind === 'system' ? new WholeRuns(host, bounds) : new ProtocolWorlds(host, bounds);
  }

  certify(bounds: Bounds, signal: AbortSignal): Work<Tree, number | undefined> {
    return certifyProtocol(this.open(bounds, {}), this.verifier(bounds), MOST_LEAVES, signal);
  }

  notice({ fallback }: ProtocolSystem): string | undefined {
    return fallback && `lineage is that of whole runs, which takes more executions, because ${fallback}`;
  }

  async otherReading(): Promise<undefined> {
    return undefined;
  }

  async learn(system: ProtocolSystem, check: CheckResult) {
    const learns = system.knowledge() !== undefined || system.fallback !== undefined;
    return learn(learns ? system : this.open(check.bounds, {}), check);
  }

  async provenance(
    system: ProtocolSystem,
    check: CheckResult,
    scenarios: readonly Scenario[],
    signal?: AbortSignal,
  ): Promise<Provenance | undefined> {
    if (system.knowledge() === undefined) return undefined;
    for (const scenario of [[], ...scenarios.flatMap((faults) => [faults, ...withoutEach(faults)])]) {
      signal?.throwIfAborted();
      await system.run(scenario);
    }
    const known = system.knowledge();
    return known && this.explained(known, check);
  }

  /** What explains the runs of which all is known. */
  explained(known: Knowledge, { bounds }: CheckResult): Provenance {
    return new LearnedProvenance(known, bounds, this.files, this.protocol.name) as unknown as Provenance;
  }

  promised(): [] {
    return [];
  }

  spot(what: { readonly handler: string } | 'promise' | 'check'): Place {
    if (what === 'check') return this.placeOf(undefined);
    return this.placeOf(what === 'promise' ? 'check' : (what.handler as Handler));
  }

  place(check: CheckResult, run: ProtocolRun | undefined): Place {
    const thrown = run && placeOfThrow(this.files, run);
    if (thrown) return thrown;
    const asked = check.verdict === 'vacuous' ? 'check' : undefined;
    const handler = run ? handlerToBlame(run) : (handlerIn(check.detail) ?? asked);
    const isPromise = handler === undefined || handler === 'check' || handler === 'always';
    // All that a system does begins in one function.
    return this.placeOf(this.protocol.kind === 'system' && !isPromise ? 'start' : handler);
  }

  private placeOf(handler: Handler | undefined): Place {
    return placeInModule(this.files, this.protocol.name, handler);
  }
}
