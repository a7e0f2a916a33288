/**
 * Protocols in TypeScript: every check of every spec to exhaustion, by learned transitions, by the runs alone (nothing
 * is tried without a run), and by whole runs; the two large fault spaces; and one plain execution of each.
 */
import { readdirSync } from 'node:fs';
import broadcastAck from '../../specs/typescript/broadcast-ack.js';
import raftLog from '../../specs/typescript/raft-log.js';
import { firstGiven } from '../../src/faults/bounds.js';
import { scenarioCount } from '../../src/faults/count.js';
import type { AnyProtocol } from '../../src/index.js';
import { DEFAULT_LIMITS, type ProtocolOptions, ProtocolSystem } from '../../src/lineage/learned/system.js';
import { defineProtocol, isProtocol } from '../../src/protocol/define.js';
import type { ProtocolCheck } from '../../src/protocol/types.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { type Span, stopwatch } from './clock.js';
import { bundlePlain, measurePlain, type PlainTime } from './plain.js';
import { ms, table } from './table.js';

const FOLDER = 'specs/typescript';

/** Executions after which a method that needs more is given up. */
const CAP = 500;

export interface ProtocolResult {
  /** `typescript/raft-election usual`. */
  readonly name: string;
  readonly bounds: string;
  /** How many scenarios the bounds admit. */
  readonly scenarios: string;
  readonly verdict: string;
  readonly counterexamples: number;
  /** To exhaustion; undefined if that takes more than `CAP`, null if it was not tried. */
  readonly executions: {
    readonly learned: number | undefined;
    readonly untried: number | undefined | null;
    readonly runs: number | undefined | null;
  };
  readonly sigmas: number;
  readonly transitions: number;
  readonly gates: number;
  readonly span: Span;
  readonly nodes: number;
  /** One plain execution; undefined if there is no spec of it. */
  readonly plain: PlainTime | undefined;
}

interface Subject {
  readonly name: string;
  readonly protocol: AnyProtocol;
  readonly check: ProtocolCheck;
  /** Where it is: its file, without extension, and the number of the check. Some checks are the bench's own. */
  readonly spec?: readonly [file: string, check: number];
  /** Too large for anything but learned transitions. */
  readonly large?: boolean;
}

/** Retry broadcast from a node to four others: 100 slots can be lost. */
const fiveNodes = defineProtocol({
  name: 'five-nodes',
  nodes: ['a', 'b', 'c', 'd', 'e'],
  types: {} as { message: 'hello' },
  state: (id) => ({ has: id === 'a' }),
  actor: () => ({
    init(ctx) {
      if (ctx.state.has) ctx.setPeriodic('retry', 1);
    },
    onTimer(ctx) {
      ctx.broadcast('hello');
    },
    onMessage(ctx) {
      // Whoever hears of it passes it on from now on.
      if (!ctx.state.has) ctx.setPeriodic('retry', 1);
      ctx.state.has = true;
    },
  }),
  check: (world) =>
    world.alive.every((node) => world.state(node).has) ? 'holds' : { violated: 'not everyone has the message' },
  checks: [{ name: '100 slots', eot: 10, eff: 6, crashes: 0 }],
});

/** Where exploring each node alone would follow much that no scenario brings about. */
const LARGE: readonly Subject[] = [
  {
    name: 'typescript/raft-log EOT 16',
    protocol: raftLog,
    check: { eot: 16, eff: 6, crashes: 1 },
    large: true,
  },
  {
    name: 'typescript/broadcast-ack, five nodes',
    protocol: defineProtocol({ ...broadcastAck.definition, nodes: ['a', 'b', 'c', 'd', 'e'], checks: [] }),
    check: { eot: 8, eff: 6, crashes: 1 },
    large: true,
  },
];

async function subjects(only: string, complain: (text: string) => void): Promise<Subject[]> {
  const found: Subject[] = [];
  for (const file of readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts'))
    .sort()) {
    const module = (await import(`../../${FOLDER}/${file}`)) as { default?: unknown };
    const { default: protocol } = module;
    if (!isProtocol(protocol)) complain(`left out, no protocol: ${file}`);
    else
      for (const [i, check] of protocol.checks.entries())
        found.push({
          name: `typescript/${file.slice(0, -3)} ${check.name ?? i + 1}`,
          protocol,
          check,
          spec: [file.slice(0, -3), i],
        });
  }
  const raft = found.find(({ name }) => name.startsWith('typescript/raft-election '));
  if (raft)
    found.push({
      name: 'typescript/raft-election EFF 7',
      protocol: raft.protocol,
      check: { eot: 10, eff: 7, crashes: 1 },
    });
  found.push({ name: 'typescript/five-nodes EFF 6', protocol: fiveNodes, check: fiveNodes.checks[0] ?? {} }, ...LARGE);
  return found.filter(({ name }) => name.includes(only));
}

interface Exhaustion {
  readonly verdict: Verdict;
  readonly system: ProtocolSystem;
  readonly span: Span;
}

async function exhaust(
  { protocol, check }: Subject,
  options: ProtocolOptions,
  maxExecutions?: number,
): Promise<Exhaustion> {
  const { eot, eff, crashes } = firstGiven(check);
  const elapsed = stopwatch();
  const system = new ProtocolSystem(protocol, { eot, eff, crashes }, options);
  for await (const event of search(system, maxExecutions === undefined ? {} : { maxExecutions }))
    if (event.kind === 'verdict') return { verdict: event.verdict, system, span: elapsed() };
  throw new Error('a search ends in a verdict');
}

const executionsOf = ({ verdict }: Exhaustion): number | undefined =>
  verdict.stopped === 'executions' ? undefined : verdict.statistics.executions;

async function measureOne(subject: Subject, quick: boolean): Promise<ProtocolResult> {
  const learned = await exhaust(subject, {});
  // A second time, warm.
  const again = await exhaust(subject, {});
  const others = subject.large ? undefined : await otherWays(subject, quick);
  const { verdict, system } = learned;
  const { eot, eff, crashes } = system.space.bounds;
  return {
    name: subject.name,
    bounds: `${eot}/${eff}/${crashes}`,
    scenarios: scenarioCount(system.space.bounds).toString(),
    verdict: verdict.kind,
    counterexamples: verdict.counterexamples.length,
    executions: { learned: executionsOf(learned), ...(others ?? { untried: null, runs: null }) },
    sigmas: verdict.statistics.lineage?.atoms ?? 0,
    transitions: verdict.statistics.lineage?.instances ?? 0,
    gates: system.space.circuit.size,
    span: again.span,
    nodes: system.space.bounds.nodes.length,
    plain: subject.spec && measurePlain(...subject.spec, quick ? 5 : 15),
  };
}

/** Executions with nothing tried without a run, and by lineage of whole runs. */
async function otherWays(subject: Subject, quick: boolean): Promise<Record<'untried' | 'runs', number | undefined>> {
  const untried = await exhaust(
    subject,
    { limits: { ...DEFAULT_LIMITS, tries: 0, checks: { first: 0, each: 0, most: 0 } } },
    quick ? 50 : CAP,
  );
  const runs = await exhaust(subject, { lineage: 'run' }, quick ? 50 : CAP);
  return { untried: executionsOf(untried), runs: executionsOf(runs) };
}

export async function measureProtocols(
  quick: boolean,
  only: string,
  progress: (text: string) => void,
): Promise<ProtocolResult[]> {
  const all = await subjects(only, console.error);
  if (all.length > 0) await bundlePlain();
  const results: ProtocolResult[] = [];
  for (const subject of all) {
    progress(`${results.length + 1}/${all.length} ${subject.name}`);
    results.push(await measureOne(subject, quick));
  }
  return results;
}

/** Large counts as powers of ten. */
const short = (count: string): string => (count.length > 7 ? `${count[0]}.${count[1]}e${count.length - 1}` : count);

export function protocolsTable(results: readonly ProtocolResult[]): string {
  const count = (executions: number | undefined | null): string =>
    executions === null ? '-' : executions === undefined ? `>${CAP}` : String(executions);
  return table(
    [
      'check',
      'bounds',
      'scenarios',
      'verdict',
      'found',
      'learned',
      'untried',
      'whole runs',
      'σ',
      'transitions',
      'gates',
      'ms',
      'one µs',
      'median',
    ],
    results.map((it) => [
      it.name.replace('typescript/', ''),
      it.bounds,
      short(it.scenarios),
      it.verdict,
      it.counterexamples,
      count(it.executions.learned),
      count(it.executions.untried),
      count(it.executions.runs),
      it.sigmas,
      it.transitions,
      it.gates,
      ms(Math.min(it.span.wall, it.span.cpu)),
      it.plain?.least.toFixed(0),
      it.plain?.median.toFixed(0),
    ]),
  );
}
