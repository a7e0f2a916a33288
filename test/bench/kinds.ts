/**
 * What the kinds of faults cost: possible facts of the ground program by kind, and searches with all kinds.
 */
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
  readonly name: string;
  readonly required: string;
  readonly cpu: number;
  readonly verdict: string;
}

async function searched(name: string, required: string, make: () => System<SystemRun>): Promise<Searched> {
  const before = process.cpuUsage();
  let verdict = '';
  for await (const event of search(make()))
    if (event.kind === 'verdict') verdict = `${event.verdict.kind}, ${event.verdict.counterexamples.length} sets`;
  const { user, system } = process.cpuUsage(before);
  return { name, required, cpu: (user + system) / 1e6, verdict };
}

const protocolOf = async (name: string): Promise<AnyProtocol> =>
  ((await import(`../../specs/typescript/${name}.js`)) as { default: AnyProtocol }).default;

/** The searches that have to be quick. */
export async function searchesWithKinds(): Promise<Searched[]> {
  const [{ program } = { program: undefined }] = findCases('broadcast/ack usual', console.error);
  const five = point('ack', 5, 12);
  const { program: twin } = parseProgram(specText('ack', 5));
  if (!program || !twin) throw new Error('the spec cannot be read');
  const usual = { eot: 12, eff: 10, crashes: 1 };
  const all: Bounds = {
    ...{ ...usual, nodes: ['a', 'b', 'c'], maxCost: 2 },
    ...{ delay: 2, dup: 2, partitions: 1, restarts: 1 },
  };
  const raft = await protocolOf('raft-election');
  const ack = await protocolOf('broadcast-ack');
  const nodes = ['a', 'b', 'c', 'd', 'e'];
  const dedalus = await searched('broadcast/ack 12/10, 5 nodes, one crash: the twin', '', () => {
    return new DedalusSystem(twin, five.bounds);
  });
  return [
    await searched('broadcast/ack 12/10, all kinds, cost <= 2', '<= 5', () => new DedalusSystem(program, all)),
    await searched('typescript/raft-election 12/6, delay:2, restart, partition, cost <= 2', '<= 30', () => {
      const bounds = { eot: 12, eff: 6, crashes: 0, omissions: 0, delay: 2, restarts: 1, partitions: 1, maxCost: 2 };
      return new ProtocolSystem(raft, bounds);
    }),
    dedalus,
    await searched('typescript/broadcast-ack 12/10, 5 nodes, one crash', `<= ${(10 * dedalus.cpu).toFixed(1)}`, () => {
      return new ProtocolSystem(defineProtocol({ ...ack.definition, nodes }), usual);
    }),
  ];
}

export function kindsTable(possible: ReturnType<typeof possibleByKind>, searches: readonly Searched[]): string {
  const facts = table(
    ['kind', 'median', 'most', 'required', 'of'],
    possible.map(({ kind, median, most, of }) => [kind, median.toFixed(2), most.toFixed(2), '< 4', of]),
  );
  const times = table(
    ['search', 'CPU s', 'required', 'verdict'],
    searches.map(({ name, cpu, required, verdict }) => [name, cpu.toFixed(1), required, verdict]),
  );
  return `${facts}\n\n${times}`;
}
