/**
 * The figures that must be reached, beside what was measured. Nothing fails here: a bench measures.
 */
import { lesser } from './clock.js';
import type { EditorTimes } from './editor.js';
import type { FrontierTime } from './frontier.js';
import type { GrowthResult } from './growth.js';
import type { JobsTimes } from './jobs.js';
import type { LiveTimes } from './live.js';
import type { NodesTimes } from './nodes.js';
import { median } from './numbers.js';
import { firstPaint, INTERACTIONS, type Interaction, type PageTimes } from './page.js';
import { type PlaygroundTimes, playgroundFigures } from './playground.js';
import type { ProtocolResult } from './protocols.js';
import type { SpecResult } from './specs.js';
import type { StalenessTime } from './staleness.js';
import type { Startup } from './startup.js';
import { type Cell, ms, table, times } from './table.js';

export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly required: string;
  /** Undefined if it was not measured in this run. */
  readonly reached: boolean | undefined;
  readonly detail: string;
}

export interface Everything {
  readonly specs: readonly SpecResult[];
  readonly growth: readonly GrowthResult[];
  readonly protocols: readonly ProtocolResult[];
  readonly startup: Startup | undefined;
  readonly pages: readonly PageTimes[];
  readonly live: LiveTimes | undefined;
  readonly nodes: readonly NodesTimes[];
  readonly editor: EditorTimes | undefined;
  readonly playground: PlaygroundTimes | undefined;
  readonly jobs: JobsTimes | undefined;
  readonly frontiers: readonly FrontierTime[];
  readonly staleness: readonly StalenessTime[];
}

export const figures = ({
  specs,
  growth,
  protocols,
  startup,
  pages,
  live,
  nodes,
  editor,
  playground,
  jobs,
  frontiers,
  staleness,
}: Everything): Figure[] => [
  ...firsts(specs),
  ...exhaustions(specs),
  ...configurations(specs),
  ...hundredThousand(growth),
  memory(specs, growth),
  execution(specs),
  ...PROTOCOL_EXECUTIONS.map((wanted) => protocolExecutions(protocols, wanted)),
  ...['five-nodes EFF 6', 'raft-election EFF 7'].map((name) => protocolTime(protocols, name)),
  ...plainExecutions(protocols),
  startupFigure(startup),
  threadFigure(startup),
  paint(pages),
  answer(
    pages,
    'a click',
    INTERACTIONS.filter((kind) => !isWhatIf(kind)),
    100,
  ),
  answer(pages, 'a what-if', INTERACTIONS.filter(isWhatIf), 150),
  ...onServices(live),
  nodesFigure(nodes),
  keystroke(editor),
  ...playgroundFigures(playground),
  jobsFigure(jobs),
  frontierFigure(frontiers),
  stalenessFigure(staleness),
];

/** The diagnostics after a keystroke. */
function keystroke(editor: EditorTimes | undefined): Figure {
  const what = 'language server: diagnostics after a keystroke, 1,000 lines, 19 of 20';
  if (!editor) return { what, required: '<= 100 ms', ...NOT_MEASURED };
  const { median: usual, most, worst, cpu } = editor;
  const detail = `median ${ms(usual)} ms, worst ${ms(worst)} ms${cpu === undefined ? '' : `; ${ms(cpu)} ms of CPU time`}`;
  return { what, measured: `${ms(most)} ms`, required: '<= 100 ms', reached: most <= 100, detail };
}

/** The slowest of all specs. */
function frontierFigure(frontiers: readonly FrontierTime[]): Figure {
  const what = 'ldfi frontier of each spec: the slowest';
  const required = '<= 10 s each';
  const [slowest, ...others] = [...frontiers].sort((a, b) => b.seconds - a.seconds);
  if (!slowest) return { what, required, ...NOT_MEASURED };
  const open = frontiers.filter((one) => one.open > 0).map(({ name }) => name);
  const settled = open.length === 0 ? 'all cells settled' : `not all cells settled: ${open.join(', ')}`;
  const detail = `${slowest.name}, of ${others.length + 1}; ${settled}`;
  return { what, measured: `${slowest.seconds.toFixed(1)} s`, required, reached: slowest.seconds <= 10, detail };
}

/** The slowest of all models. */
function stalenessFigure(staleness: readonly StalenessTime[]): Figure {
  const what = 'ldfi pbs: a million samples';
  const required = '<= 3 s';
  const [slowest] = [...staleness].sort((a, b) => b.seconds - a.seconds);
  if (!slowest) return { what, required, ...NOT_MEASURED };
  const { seconds, name } = slowest;
  return { what, measured: `${seconds.toFixed(1)} s`, required, reached: seconds <= 3, detail: `${name}, the slowest` };
}

/** Two searches at once on two cores. */
function jobsFigure(jobs: JobsTimes | undefined): Figure {
  const what = 'ldfi test specs, --jobs 2 against 1';
  const required = '>= 1.6 times as fast, same bytes';
  if (!jobs) return { what, required, ...NOT_MEASURED };
  const ratio = jobs.one / jobs.two;
  return {
    what,
    required,
    measured: `${times(ratio)}, ${jobs.isSame ? 'same bytes' : 'OTHER BYTES'}`,
    detail: `${jobs.one.toFixed(1)} s, ${jobs.two.toFixed(1)} s${jobs.pinned === undefined ? '' : `; 1 on one processor: ${jobs.pinned.toFixed(1)} s`}`,
    reached: ratio >= 1.6 && jobs.isSame,
  };
}

/** A first counterexample of a broadcast among three programs. */
function nodesFigure(nodes: readonly NodesTimes[]): Figure {
  const what = 'broadcast nodes, 3 processes: first minimal counterexample';
  const required = '<= 10 experiments, <= 15 s';
  const found = nodes.find(({ name }) => name.startsWith('nodes/broadcast, no retry'));
  if (!found) return { what, required, ...NOT_MEASURED };
  const { experiments = Number.POSITIVE_INFINITY, confirmed } = found;
  return {
    ...{ what, required, measured: `${experiments} experiments, ${(confirmed / 1000).toFixed(1)} s` },
    reached: experiments <= 10 && confirmed <= 15_000,
    detail: 'wall time, with four more tries',
  };
}

const NOT_MEASURED = { measured: 'not measured', reached: undefined, detail: '' } as const;

function largest<T>(items: readonly T[], value: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>((most, it) => (most && value(most) >= value(it) ? most : it), undefined);
}

/** The most executions that any check with a counterexample needs to its first one. */
function firsts(specs: readonly SpecResult[]): Figure[] {
  const violated = specs.filter(({ total }) => total.last.first);
  const usual = violated.filter(({ name }) => name.endsWith(' usual'));
  const figure = (what: string, among: readonly SpecResult[], method: 'total' | 'run', most: number): Figure => {
    const count = (it: SpecResult): number => it[method].last.first?.executions ?? Number.POSITIVE_INFINITY;
    const worst = largest(among, count);
    const required = most === 2 ? '2' : `<= ${most}`;
    if (!worst) return { what, required, ...NOT_MEASURED };
    const detail = `most of ${among.length} checks: ${worst.name}`;
    return { what, measured: String(count(worst)), required, reached: count(worst) <= most, detail };
  };
  return [
    figure('first minimal counterexample, total', violated, 'total', 2),
    figure('first minimal counterexample, run, checks named usual', usual, 'run', 16),
    figure('first minimal counterexample, run, all checks', violated, 'run', 16),
  ];
}

const EXHAUSTIONS = [
  { name: 'broadcast/retry long-loss', bounds: '25/23/0', most: 1 },
  { name: 'broadcast/relay-forever usual', bounds: '8/6/1', most: 5 },
  { name: 'broadcast/ack usual', bounds: '8/6/1', most: 25 },
  { name: 'consensus/paxos usual', bounds: '8/3/1', most: 70 },
] as const;

function exhaustions(specs: readonly SpecResult[]): Figure[] {
  return EXHAUSTIONS.map(({ name, bounds, most }): Figure => {
    const what = `executions to exhaustion, run, ${name} ${bounds}`;
    const required = most === 1 ? '1' : `<= ${most}`;
    const found = specs.find((it) => it.name === name);
    const actual = found && `${found.bounds.eot}/${found.bounds.eff}/${found.bounds.crashes}`;
    if (!found || actual !== bounds) return { what, required, ...NOT_MEASURED };
    const { executions, complete, verdict } = found.run.last;
    return {
      what,
      measured: complete ? String(executions) : `>${executions}`,
      required,
      reached: complete && executions <= most,
      detail: verdict,
    };
  });
}

const PROTOCOL_EXECUTIONS = [
  { name: 'broadcast-retry', most: 12 },
  { name: 'broadcast-ack', most: 15 },
  { name: 'two-phase-commit', most: 15 },
  { name: 'quorum-register', most: 40 },
  { name: 'raft-election', most: 40 },
] as const;

/** The most that any check of a protocol needs to exhaustion. */
function protocolExecutions(all: readonly ProtocolResult[], { name, most }: { name: string; most: number }): Figure {
  const what = `executions to exhaustion, TypeScript, ${name}`;
  const worst = largest(
    all.filter((it) => it.name.startsWith(`typescript/${name} `)),
    ({ executions }) => executions.learned ?? Number.POSITIVE_INFINITY,
  );
  if (!worst) return { what, required: `<= ${most}`, ...NOT_MEASURED };
  const count = worst.executions.learned ?? Number.POSITIVE_INFINITY;
  const detail = `${worst.name}: ${worst.scenarios} scenarios, ${worst.executions.untried ?? 'more than 500'} if nothing is tried without a run`;
  return { what, measured: String(count), required: `<= ${most}`, reached: count <= most, detail };
}

function protocolTime(all: readonly ProtocolResult[], name: string): Figure {
  const what = `to exhaustion, TypeScript, ${name}`;
  const found = all.find((it) => it.name === `typescript/${name}`);
  if (!found) return { what, required: '<= 5000 ms', ...NOT_MEASURED };
  const detail = `${found.bounds}, ${found.scenarios.length - 1} decimal places of scenarios`;
  return {
    what,
    measured: `${ms(lesser(found.span))} ms`,
    required: '<= 5000 ms',
    reached: lesser(found.span) <= 5000,
    detail,
  };
}

/** The protocols of three nodes: the one in the middle, and the slowest. */
function plainExecutions(all: readonly ProtocolResult[]): Figure[] {
  const what = 'one plain execution, TypeScript, 3 nodes';
  const required = '<= 50 µs';
  const measured = all
    .flatMap(({ name, nodes, bounds, plain }) => (plain && nodes === 3 ? [{ name, bounds, time: plain.least }] : []))
    .sort((a, b) => a.time - b.time);
  if (measured.length === 0) return [{ what, required, ...NOT_MEASURED }];
  const figure = (which: string, at: number): Figure => {
    const { name, bounds, time } = measured[at] as (typeof measured)[0];
    return {
      what: `${what}, ${which} of ${measured.length} checks`,
      measured: `${time.toFixed(0)} µs`,
      required,
      reached: time <= 50,
      detail: `${name} ${bounds}`,
    };
  };
  return [figure('median', Math.floor((measured.length - 1) / 2)), figure('slowest', measured.length - 1)];
}

/** The slowest configuration by total lineage: warm, and as the first search of a fresh process. */
function configurations(specs: readonly SpecResult[]): Figure[] {
  const warm = specs.map(({ name, total }) => ({ name, complete: total.last.complete, span: total }));
  const fresh = specs.flatMap(({ name, fresh: it }) =>
    it ? [{ name, complete: it.measurement.complete, span: it.measurement.span }] : [],
  );
  const figure = (how: string, all: typeof fresh): Figure => {
    const what = `all minimal counterexamples or a proof, total, slowest check, ${how}`;
    const worst = largest(all, ({ span }) => lesser(span));
    if (!worst) return { what, required: '<= 500 ms', ...NOT_MEASURED };
    return {
      what,
      measured: `${ms(lesser(worst.span))} ms`,
      required: '<= 500 ms',
      reached: all.every(({ complete }) => complete) && lesser(worst.span) <= 500,
      detail: `wall ${ms(worst.span.wall)}, CPU ${ms(worst.span.cpu)}: ${worst.name}`,
    };
  };
  return [figure('warm', warm), figure('fresh process', fresh)];
}

function hundredThousand(growth: readonly GrowthResult[]): Figure[] {
  const large = growth.filter(({ series }) => series === 'large');
  const required = '<= 20 s';
  if (large.length === 0) return [{ what: 'search at 100,000 ground instances, total', required, ...NOT_MEASURED }];
  return large.map(({ family, nodes, eot, answer }): Figure => {
    const what = `search at 100,000 ground instances, total, ${family} ${nodes} nodes EOT ${eot}`;
    if (!answer) return { what, measured: 'killed', required, reached: false, detail: '' };
    const { instances, span, complete, verdict } = answer.measurement;
    return {
      what,
      measured: `${(lesser(span) / 1000).toFixed(1)} s`,
      required,
      reached: complete && instances >= 100_000 && lesser(span) <= 20_000,
      detail: `wall ${(span.wall / 1000).toFixed(1)}, CPU ${(span.cpu / 1000).toFixed(1)}; ${instances} instances, ${verdict}`,
    };
  });
}

function memory(specs: readonly SpecResult[], growth: readonly GrowthResult[]): Figure {
  const what = 'memory, most of all processes measured';
  const answers = [
    ...growth.map((it) => ({ name: `${it.family} ${it.nodes} nodes EOT ${it.eot}, ${it.method}`, answer: it.answer })),
    ...specs.map(({ name, fresh }) => ({ name, answer: fresh })),
  ];
  const peaks = answers.flatMap(({ name, answer }) => (answer ? [{ name, peak: answer.memory.peak }] : []));
  const worst = largest(peaks, ({ peak }) => peak);
  if (!worst) return { what, required: '< 1024 MiB', ...NOT_MEASURED };
  return {
    what,
    measured: `${Math.round(worst.peak)} MiB`,
    required: '< 1024 MiB',
    reached: worst.peak < 1024,
    detail: `peak resident, with Node, tsx and the compiled sources: ${worst.name}`,
  };
}

function execution(specs: readonly SpecResult[]): Figure {
  const what = 'one simulated execution, warm, median over the checks';
  const worst = largest(specs, (it) => it.execution.median);
  if (!worst) return { what, required: '<= 1 ms', ...NOT_MEASURED };
  const middle = median(specs.map((it) => it.execution.median));
  return {
    what,
    measured: `${middle.toFixed(3)} ms`,
    required: '<= 1 ms',
    reached: middle <= 1,
    detail: `wall; slowest check ${worst.execution.median.toFixed(3)} ms: ${worst.name}`,
  };
}

function startupFigure(startup: Startup | undefined): Figure {
  const what = 'start-up: ldfi run over node and the load of the solver';
  if (!startup) return { what, required: '<= 3', ...NOT_MEASURED };
  const { ldfi, solver, node } = startup.times;
  const ratio = ldfi.median / solver.median;
  return {
    what,
    measured: ratio.toFixed(2),
    required: '<= 3',
    reached: ratio <= 3,
    detail: `medians ${ms(ldfi.median)} / ${ms(solver.median)} ms; node alone ${ms(node.median)} ms`,
  };
}

/** What a search in a protocol takes longer than one in a spec, less the load of its module. */
function threadFigure(startup: Startup | undefined): Figure {
  const what = 'start-up: a protocol over a spec, beyond the load of its module';
  if (!startup) return { what, required: '<= 60 ms', ...NOT_MEASURED };
  const { ldfiProtocol, ldfi, protocol, node } = startup.times;
  const more = ldfiProtocol.median - ldfi.median - (protocol.median - node.median);
  return {
    what,
    measured: `${ms(more)} ms`,
    required: '<= 60 ms',
    reached: more <= 60,
    detail: `medians ${ms(ldfiProtocol.median)} and ${ms(ldfi.median)} ms; the load ${ms(protocol.median - node.median)} ms`,
  };
}

/** The median first paint of the slowest report. */
function onServices(live: LiveTimes | undefined): Figure[] {
  const figure = (what: string, required: string, measured?: string, reached = false): Figure =>
    measured === undefined ? { what, required, ...NOT_MEASURED } : { what, required, measured, reached, detail: '' };
  const added = live && live.proxied - live.direct;
  return [
    figure(
      'a proxy adds to a call, median',
      '<= 1 ms',
      added === undefined ? undefined : `${ms(added)} ms`,
      (added ?? 9) <= 1,
    ),
    figure('experiments per second on the shop, alone', '>= 20', live && ms(live.alone), (live?.alone ?? 0) >= 20),
    figure('experiments per second on the shop, 8 at once', '>= 40', live && ms(live.eight), (live?.eight ?? 0) >= 40),
    figure(
      'services with planted sets of 1 to 3: missed, most experiments',
      '0, <= 200',
      live && `${live.planted.missed}, ${live.planted.most}`,
      live?.planted.missed === 0 && live.planted.most <= 200,
    ),
  ];
}

function paint(pages: readonly PageTimes[]): Figure {
  const what = 'page: first paint of the diagram, median, slowest report';
  const slowness = (it: PageTimes): number => median(firstPaint(it));
  const worst = largest(pages, slowness);
  if (!worst) return { what, required: '< 1000 ms', ...NOT_MEASURED };
  const measured = slowness(worst);
  return { what, measured: `${ms(measured)} ms`, required: '< 1000 ms', reached: measured < 1000, detail: worst.name };
}

/** The worst answer to one of these interactions with any report. @param most milliseconds */
function answer(pages: readonly PageTimes[], name: string, kinds: readonly Interaction[], most: number): Figure {
  const what = `page: from ${name} to the frame that answers it, worst`;
  const required = `<= ${most} ms`;
  const all = pages.flatMap(({ name: report, frames }) =>
    kinds.map((kind) => ({ detail: `${kind}, ${report}`, time: Math.max(...frames[kind]) })),
  );
  const worst = largest(all, ({ time }) => time);
  if (!worst) return { what, required, ...NOT_MEASURED };
  const { detail, time } = worst;
  return { what, measured: `${ms(time)} ms`, required, reached: time <= most, detail };
}

const isWhatIf = (kind: Interaction): boolean => kind === 'what-if' || kind === 'remove';

export function figuresTable(all: readonly Figure[]): string {
  const mark = ({ reached }: Figure): string => (reached === undefined ? '-' : reached ? '✓' : '✗');
  const rows = all.map((it): Cell[] => [mark(it), it.what, it.measured, it.required, it.detail]);
  return table(['', 'figure', 'measured', 'required', 'of what'], rows);
}
