/**
 * The checks of all specs in `specs/` that hold, with what certifies and verifies them.
 */
import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { protocolChecks } from '../../src/answer/protocol-checks.js';
import { certifyProgram } from '../../src/certify/dedalus.js';
import { certifyProtocol } from '../../src/certify/protocol.js';
import type { Work } from '../../src/core/work.js';
import { loadProgram } from '../../src/dedalus/load.js';
import type { Program } from '../../src/dedalus/program.js';
import { memoryReader } from '../../src/dedalus/reader.js';
import type { Bounds } from '../../src/faults/fault.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import { isProtocol } from '../../src/protocol/define.js';
import { hostOf } from '../../src/protocol/host-of.js';
import type { ProtocolHost } from '../../src/protocol/runtime/host.js';
import { isSystem } from '../../src/protocol/system/define.js';
import { resolveChecks } from '../../src/search/check.js';
import { ProtocolWorlds } from '../../src/verify/protocol-worlds.js';
import type { Tree, Verifier } from '../../src/verify/tree.js';
import { WholeRuns } from '../../src/verify/whole-runs.js';
import { Worlds } from '../../src/verify/worlds.js';

export interface Certifiable {
  readonly name: string;
  readonly bounds: Bounds;
  verifier(): Verifier;
  certify(): Work<Tree, number | undefined>;
}

const MOST_LEAVES = 20_000;

const texts = Object.fromEntries(globSync('specs/**/*.{ded,inc}').map((path) => [path, readFileSync(path, 'utf8')]));

/** The program of a spec. */
export function programAt(path: string): Program {
  const { program } = loadProgram([path], memoryReader(texts));
  if (!program) throw new Error(`${path} is not accepted`);
  return program;
}

export const programs = (): Certifiable[] =>
  Object.keys(texts)
    .filter((path) => path.endsWith('.ded'))
    .sort()
    .flatMap((path) => {
      const program = programAt(path);
      return resolveChecks(program).flatMap(({ name, bounds, expect }): Certifiable[] => {
        if (expect !== 'holds') return [];
        const verifier = (): Worlds => new Worlds(program, bounds);
        const certify = () => certifyProgram(new DedalusSystem(program, bounds), verifier(), MOST_LEAVES);
        return [{ name: `${path} ${name}`, bounds, verifier, certify }];
      });
    });

/** What runs the protocols of one module. */
export async function hostsAt(path: string): Promise<ProtocolHost[]> {
  const module = (await import(`../../${path}`)) as Record<string, unknown>;
  const found = new Set(Object.values(module).filter((it) => isProtocol(it) || isSystem(it)));
  return [...found].map((it) => hostOf(it));
}

export const verifierOf = (host: ProtocolHost, bounds: Bounds): ProtocolWorlds | WholeRuns =>
  host.protocol.kind === 'system' ? new WholeRuns(host, bounds) : new ProtocolWorlds(host, bounds);

/** Of one module. */
export const protocolsAt = async (path: string): Promise<Certifiable[]> =>
  (await hostsAt(path)).flatMap((host) =>
    protocolChecks(host.protocol).flatMap(({ name, bounds, expect }): Certifiable[] => {
      if (expect !== 'holds') return [];
      const verifier = () => verifierOf(host, bounds);
      const certify = () => certifyProtocol(new ProtocolSystem(host, bounds), verifier(), MOST_LEAVES);
      return [{ name: `${path} ${name}`, bounds, verifier, certify }];
    }),
  );

/** Protocols that hold, and those with a bug that they mend. */
export const MENDED: Readonly<Record<string, string>> = {
  'ack-after-sync': 'ack-before-sync',
  'broadcast-relay': 'broadcast-relay-once',
  'counter-max': 'counter-sum',
  'data-and-commit-checked': 'data-and-commit',
  'job-attempts': 'job-run-twice',
  'lease-fenced': 'lease-stalled',
  'lock-lease': 'lock-no-fencing',
  'primary-backup-sync': 'primary-backup-async',
  'quorum-register': 'quorum-register-weak',
  'raft-election': 'raft-election-double-vote',
  'raft-log': 'raft-log-bug',
  'read-index': 'stale-read',
  'rpc-idempotent': 'rpc-retry',
  'vote-durable': 'vote-forgotten',
  'write-order-ranked': 'write-order',
};

export const MODULES = globSync(['specs/typescript/*.ts', 'specs/adapters/*.ts']).sort();
