/**
 * Example protocols with everything that a report of them has, made once per check.
 */

import { protocolChecks } from '../../../../src/answer/protocol-checks.js';
import { makeBounds } from '../../../../src/faults/bounds.js';
import type { Bounds, Scenario } from '../../../../src/faults/fault.js';
import { canonical } from '../../../../src/faults/scenario.js';
import { ProtocolSystem } from '../../../../src/lineage/learned/system.js';
import type { AnyProtocol } from '../../../../src/protocol/types.js';
import { learn } from '../../../../src/report/provenance/learned/knowledge.js';
import { LearnedProvenance } from '../../../../src/report/provenance/learned/provenance.js';
import { type CheckResult, checkResult } from '../../../../src/report/result.js';
import { search } from '../../../../src/search/search.js';

/** Modules of specs/typescript that are quick and different from one another. */
export const NAMES = [
  'broadcast-ack',
  'broadcast-retry',
  'lock-no-fencing',
  'primary-backup-async',
  'quorum-register-weak',
  'raft-election-double-vote',
  'rpc-retry',
  'two-phase-commit',
  'crdt-set',
] as const;

export interface Reported {
  readonly name: string;
  readonly protocol: AnyProtocol;
  readonly check: CheckResult;
  readonly of: LearnedProvenance;
  readonly makeSystem: () => ProtocolSystem;
  /** The first counterexamples. */
  readonly found: readonly Scenario[];
}

const MOST_FOUND = 12;

export async function reportedOf(name: string): Promise<Reported[]> {
  const module = (await import(`../../../../specs/typescript/${name}.ts`)) as { default: AnyProtocol };
  const protocol = module.default;
  const all: Reported[] = [];
  for (const asked of protocolChecks(protocol, {}, true)) {
    const makeSystem = (): ProtocolSystem => new ProtocolSystem(protocol, asked.bounds);
    const spec = { roots: [name], files: [name], kind: 'protocol' as const, protocol: protocol.name };
    const system = makeSystem();
    for await (const event of search(system)) {
      if (event.kind !== 'verdict') continue;
      const check = checkResult(spec, asked, event.verdict);
      const learned = await learn(system, check);
      if ('missing' in learned) throw new Error(learned.missing);
      // As the page gets it.
      const of = new LearnedProvenance(
        JSON.parse(JSON.stringify(learned)),
        makeBounds(asked.bounds),
        [],
        protocol.name,
      );
      const found = check.counterexamples.slice(0, MOST_FOUND).map(({ faults }) => faults as Scenario);
      all.push({ name: `${name} ${asked.name}`, protocol, check, of, makeSystem, found });
    }
  }
  return all;
}

/** The failure-free scenario, the counterexamples, and each with one fault less. */
export const scenariosOf = ({ found }: Reported): Scenario[] => [
  [],
  ...found.flatMap((faults) => [faults, ...faults.map((_, i) => faults.filter((_fault, j) => j !== i))]),
];

/** What runs of these scenarios teach, and no more. */
export function provenanceOf(
  protocol: AnyProtocol,
  bounds: Omit<Bounds, 'nodes'>,
  scenarios: readonly Scenario[],
): LearnedProvenance {
  const made = makeBounds({ ...bounds, nodes: protocol.nodes });
  const system = new ProtocolSystem(protocol, made);
  for (const scenario of scenarios) system.simulate(canonical(scenario));
  const learned = system.knowledge();
  if (!learned) throw new Error('nothing was learned');
  return new LearnedProvenance(learned, made, [], protocol.name);
}
