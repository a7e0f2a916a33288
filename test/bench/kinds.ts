/**
 * What the kinds of faults cost: possible facts of the ground program by kind, and searches with all kinds.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseProgram } from '../../src/dedalus/load.js';
import type { Bounds } from '../../src/faults/fault.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import type { System, SystemRun } from '../../src/lineage/port.js';
import { defineProtocol } from '../../src/protocol/define.js';
import type { AnyProtocol } from '../../src/protocol/types.js';
import { search } from '../../src/search/search.js';
import { type Case, findCases } from './cases.js';
import { point, specText } from './generate.js';
import { table } from './table.js';

/** One kind alone, at its usual strength. */
const ALONE: Readonly<Record<string, Partial<Bounds>>> = {
  delay: { delay: 2 },
  dup: { dup: 2 },
  partition: { partitions: 1 },
  restart: { restarts: 1 },
  halt: { halts: 1 },
};

function possibleFacts({ program }: Case, bounds: Bounds): number {
  const steps = new DedalusSystem(program, bounds).ground();
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value.facts.filter((fact) => fact !== undefined).length;
}

/** Per kind: possible facts over those of omission alone, median and most over the checks that lose messages. */
export function possibleByKind(cases: readonly Case[]) {
  const losing = cases.filter(({ check }) => check.bounds.eff > 1);
  return Object.entries(ALONE).map(([kind, bounds]) => {
    const ratios = losing.map((it) => {
      const usual = { ...it.check.bounds, crashes: 0 };
      const own = possibleFacts(it, { ...usual, omissions: 0, ...bounds });
      return { name: it.name, ratio: own / possibleFacts(it, usual) };
    });
    ratios.sort((a, b) => a.ratio - b.ratio);
    const most = ratios.at(-1) ?? { name: '', ratio: 0 };
    return { kind, median: ratios[ratios.length >> 1]?.ratio ?? 0, most: most.ratio, of: most.name };
  });
}

interface Searched {
  /** Seconds of CPU time. */
  readonly cpu: number;
  readonly verdict: string;
}

interface Row extends Searched {
  readonly name: string;
  readonly required: string;
}

const protocolOf = async (name: string): Promise<AnyProtocol> =>
  ((await import(`../../specs/typescript/${name}.js`)) as { default: AnyProtocol }).default;

const USUAL = { eot: 12, eff: 10, crashes: 1 };
const TWIN = 'broadcast/ack 12/10, 5 nodes, one crash: the twin';
const FIVE = 'typescript/broadcast-ack 12/10, 5 nodes, one crash';

/** The searches that have to be quick, by name. */
const SEARCHES: Readonly<Record<string, () => Promise<System<SystemRun>>>> = {
  'broadcast/ack 12/10, all kinds, cost <= 2': async () => {
    const [{ program } = { program: undefined }] = findCases('broadcast/ack usual', console.error);
    if (!program) throw new Error('the spec cannot be read');
    const kinds = { delay: 2, dup: 2, partitions: 1, restarts: 1 };
    return new DedalusSystem(program, { ...USUAL, ...kinds, nodes: ['a', 'b', 'c'], maxCost: 2 });
  },
  'typescript/raft-election 12/6, delay:2, restart, partition, cost <= 2': async () => {
    const bounds = { eot: 12, eff: 6, crashes: 0, omissions: 0, delay: 2, restarts: 1, partitions: 1, maxCost: 2 };
    return new ProtocolSystem(await protocolOf('raft-election'), bounds);
  },
  [TWIN]: async () => {
    const { program } = parseProgram(specText('ack', 5));
    if (!program) throw new Error('the spec cannot be read');
    return new DedalusSystem(program, point('ack', 5, 12).bounds);
  },
  [FIVE]: async () => {
    const { definition } = await protocolOf('broadcast-ack');
    return new ProtocolSystem(defineProtocol({ ...definition, nodes: ['a', 'b', 'c', 'd', 'e'] }), USUAL);
  },
};

/** One of them in this process. */
export async function searchedHere(name: string): Promise<Searched> {
  const system = await SEARCHES[name]?.();
  if (!system) throw new Error(`there is no search "${name}"`);
  const before = process.cpuUsage();
  let verdict = '';
  for await (const event of search(system))
    if (event.kind === 'verdict') verdict = `${event.verdict.kind}, ${event.verdict.counterexamples.length} sets`;
  const { user, system: kernel } = process.cpuUsage(before);
  return { cpu: (user + kernel) / 1e6, verdict };
}

/** Each in a process of its own. */
export function searchesWithKinds(): Row[] {
  const child = fileURLToPath(new URL('./kinds-main.ts', import.meta.url));
  const rows = Object.keys(SEARCHES).map((name) => {
    const said = execFileSync(process.execPath, [...process.execArgv, child, name], { encoding: 'utf8' });
    return { name, ...(JSON.parse(said) as Searched) };
  });
  const twin = rows.find(({ name }) => name === TWIN)?.cpu ?? 0;
  const required = ['<= 5', '<= 30', '', `<= ${(10 * twin).toFixed(1)}`];
  return rows.map((row, i) => ({ ...row, required: required[i] ?? '' }));
}

export function kindsTable(possible: ReturnType<typeof possibleByKind>, searches: readonly Row[]): string {
  const facts = table(
    ['kind', 'median', 'most', 'required', 'of'],
    possible.map(({ kind, median, most, of }) => [kind, median.toFixed(2), most.toFixed(2), '< 4', of]),
  );
  const times = table(
    ['search', 'CPU s', 'required', 'verdict'],
    searches.map(({ name, cpu, required, verdict }) => [name, cpu.toFixed(2), required, verdict]),
  );
  return `${facts}\n\n${times}`;
}
