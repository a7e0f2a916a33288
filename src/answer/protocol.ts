/**
 * A protocol as what a question is about.
 */
import { LdfiError } from '../core/invariant.js';
import type { SourceFile } from '../dedalus/ast.js';
import type { Bounds, Scenario } from '../faults/fault.js';
import type { ProtocolRun } from '../lineage/learned/run.js';
import type { ProtocolOptions, ProtocolSystem } from '../lineage/learned/system.js';
import type { Warning } from '../lineage/port.js';
import type { AnyProtocol } from '../protocol/types.js';
import type { Place } from '../report/answer.js';
import { learn } from '../report/protocol/knowledge.js';
import { type Handler, handlerIn, handlerToBlame, placeInModule } from '../report/reporters/locate.js';
import type { CheckResult, SpecFiles } from '../report/result.js';
import { tell } from '../report/timeline.js';
import type { BoundOverrides, Check } from '../search/check.js';
import { protocolChecks } from './protocol-checks.js';
import type { Reading, Subject } from './subject.js';

/** Whoever runs the protocol's own code. */
export interface ProtocolOpener {
  /** @throws LdfiError 'bad-bounds' */
  system(protocol: AnyProtocol, bounds: Bounds, options: ProtocolOptions): ProtocolSystem;
  /** See `Subject`. */
  audit?(subject: ProtocolSubject, system: ProtocolSystem, found: readonly Scenario[]): Promise<void>;
}

export class ProtocolSubject implements Subject {
  readonly kind = 'protocol';
  readonly mayThrow = true;
  readonly spec: SpecFiles;
  readonly tell = tell;

  /**
   * @param root the module, as people name it
   * @param alone whether it is the only protocol of its module
   */
  constructor(
    readonly protocol: AnyProtocol,
    readonly files: readonly SourceFile[],
    root: string,
    private readonly alone: boolean,
    private readonly opener: ProtocolOpener,
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
    return this.opener.system(this.protocol, bounds, { lineage: lineage === 'run' ? 'run' : 'auto' });
  }

  async audit(system: ProtocolSystem, found: readonly Scenario[]): Promise<void> {
    await this.opener.audit?.(this, system, found);
  }

  notice({ fallback }: ProtocolSystem): string | undefined {
    return fallback && `lineage is that of whole runs, which takes more executions, because ${fallback}`;
  }

  async otherReading(): Promise<undefined> {
    return undefined;
  }

  learn(system: ProtocolSystem, check: CheckResult) {
    const learns = system.knowledge() !== undefined || system.fallback !== undefined;
    return learn(learns ? system : this.opener.system(this.protocol, check.bounds, {}), check);
  }

  promised(): [] {
    return [];
  }

  place(check: CheckResult, run: ProtocolRun | undefined): Place {
    const asked = check.verdict === 'vacuous' ? 'check' : undefined;
    return this.placeOf(run ? handlerToBlame(run) : (handlerIn(check.detail) ?? asked));
  }

  locate({ place }: Warning): Place | undefined {
    return place && 'handler' in place ? this.placeOf(handlerIn(place.handler) ?? 'check') : undefined;
  }

  private placeOf(handler: Handler | undefined): Place {
    return placeInModule(this.files, this.protocol.name, handler);
  }
}
