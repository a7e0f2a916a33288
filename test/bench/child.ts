/**
 * A search in a process of its own: the first search of a fresh process, and the peak memory of nothing else.
 * `childMain` is the other side: it reads its job from the command line and prints the answer as one line of JSON.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fileReader } from '../../src/cli/io/file-reader.js';
import { loadProgram, parseProgram } from '../../src/dedalus/load.js';
import { resolveChecks } from '../../src/search/check.js';
import type { Case } from './cases.js';
import { type GrowthPoint, specText } from './generate.js';
import { instrumentSolver } from './instrument.js';
import { type Measurement, type Method, measure } from './measure.js';

/** MiB of resident memory: of the process before the search, and at most. */
interface Memory {
  readonly before: number;
  readonly peak: number;
}

export type ChildAnswer = { readonly measurement: Measurement; readonly memory: Memory };

interface Job {
  readonly method: Method;
  readonly milliseconds: number;
  readonly point?: GrowthPoint;
  readonly spec?: { readonly path: string; readonly check: string };
}

/** Beyond the time limit of the search, for starting and for a solver call that cannot be interrupted. */
const GRACE = 30_000;

export const searchPoint = (
  point: GrowthPoint,
  method: Method,
  milliseconds: number,
): Promise<ChildAnswer | undefined> => searchInChild({ method, milliseconds, point });

export const searchCase = (
  { path, check }: Case,
  method: Method,
  milliseconds: number,
): Promise<ChildAnswer | undefined> => searchInChild({ method, milliseconds, spec: { path, check: check.name } });

/** Undefined if the child failed or had to be killed. */
function searchInChild(job: Job): Promise<ChildAnswer | undefined> {
  const child = fileURLToPath(new URL('./child-main.ts', import.meta.url));
  const argv = [...process.execArgv, child, JSON.stringify(job)];
  const options = { timeout: job.milliseconds + GRACE, killSignal: 'SIGKILL', maxBuffer: 1 << 26 } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, argv, options, (error, stdout, stderr) => {
      if (error)
        console.error(`measuring ${nameOf(job)} failed: ${error.killed ? 'killed, out of time' : reasonIn(stderr)}`);
      resolve(error ? undefined : (JSON.parse(stdout) as ChildAnswer));
    });
  });
}

const nameOf = ({ spec, point, method }: Job): string =>
  `${spec ? `${spec.path} ${spec.check}` : `${point?.family} ${point?.nodes} nodes EOT ${point?.bounds.eot}`}, ${method},`;

/** The line of a stack trace that says what was thrown. */
const reasonIn = (stderr: string): string =>
  stderr.split('\n').find((line) => line.includes('Error')) ?? stderr.slice(-200);

export async function childMain(text: string): Promise<void> {
  const { method, milliseconds, point, spec } = JSON.parse(text) as Job;
  const program = spec
    ? loadProgram([spec.path], fileReader).program
    : point && parseProgram(specText(point.family, point.nodes)).program;
  if (!program) throw new Error('the program does not load');
  const bounds = point?.bounds ?? resolveChecks(program).find(({ name }) => name === spec?.check)?.bounds;
  if (!bounds) throw new Error('there is no such check');
  instrumentSolver();
  const before = peak();
  const measurement = await measure(program, bounds, method, { milliseconds });
  if (!measurement) throw new Error('the search gave no verdict');
  const answer: ChildAnswer = { measurement, memory: { before, peak: peak() } };
  process.stdout.write(JSON.stringify(answer));
}

const peak = (): number => process.resourceUsage().maxRSS / 1024;
