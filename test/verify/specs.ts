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

/** Of one module. */
export async function protocolsAt(path: string): Promise<Certifiable[]> {
  const module = (await import(`../../${path}`)) as Record<string, unknown>;
  const found = Object.values(module).filter((it) => isProtocol(it) || isSystem(it));
  return [...new Set(found)].flatMap((protocol) => {
    const host = hostOf(protocol);
    return protocolChecks(host.protocol).flatMap(({ name, bounds, expect }): Certifiable[] => {
      if (expect !== 'holds') return [];
      const verifier = (): ProtocolWorlds | WholeRuns =>
        host.protocol.kind === 'system' ? new WholeRuns(host, bounds) : new ProtocolWorlds(host, bounds);
      const certify = () => certifyProtocol(new ProtocolSystem(protocol, bounds), verifier(), MOST_LEAVES);
      return [{ name: `${path} ${name}`, bounds, verifier, certify }];
    });
  });
}

export const MODULES = globSync(['specs/typescript/*.ts', 'specs/adapters/*.ts']).sort();
