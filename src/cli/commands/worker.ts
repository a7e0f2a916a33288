/**
 * `ldfi worker --queue redis://…`: takes checks, or parts of them, from a queue, and searches them in processes of this
 * machine, until it is ended.
 *
 * A unit names specs, and what they must say; the code is that of this project. Only specs that `ldfi test` would run
 * here are: nobody can have another file of the project run by writing its name into the queue.
 */
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { LdfiError } from '../../core/invariant.js';
import { visible } from '../../core/text.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { shown } from '../io/files.js';
import { complain, print } from '../io/terminal.js';
import { Errand } from '../jobs/errand.js';
import { Pool } from '../jobs/pool.js';
import { loadConfig } from '../load/config.js';
import { makePlan } from '../load/plan.js';
import { type Link, link, QUEUE } from '../queue/link.js';
import { readUnit, resultsOf, signOf, type Unit, type UnitResult } from '../queue/unit.js';

export interface WorkerFlags {
  readonly queue: string;
  readonly project?: string;
  readonly config?: string;
  readonly jobs: number;
  readonly lock: number;
  readonly quiet?: boolean;
}

/** How often a unit may lose its worker. */
const MOST_STALLED = 3;

/** Seconds for which a result waits for its feeder. */
const KEPT = 3_600;

/** @param paths as for `ldfi test`: what may be searched here */
export async function worker(paths: readonly string[], flags: WorkerFlags): Promise<ExitCode> {
  const { project = '.', queue, jobs, lock, quiet = false } = flags;
  try {
    process.chdir(resolve(project));
  } catch {
    throw new LdfiError('bad-options', `--project ${project}: there is no such folder`);
  }
  const configured = await loadConfig(flags.config);
  if (!configured) return EXIT.mistake;
  const plan = makePlan(paths, configured, complain);
  const known = new Set(plan.specs.map(({ path }) => shown(path)));
  if (known.size === 0)
    throw new LdfiError('bad-options', 'there are no specs here; name files or folders, or --project');
  const to = await link(queue);
  const ended = new AbortController();
  const pool = new Pool(jobs, ended.signal);
  const say = (text: string): void => {
    if (!quiet) print(text);
  };
  const work = new to.bull.Worker(QUEUE, async ({ data }) => serve(data, { to, pool, known, say }), {
    connection: to.options,
    concurrency: jobs,
    lockDuration: lock * 1_000,
    stalledInterval: Math.max(1_000, (lock * 1_000) / 2),
    maxStalledCount: MOST_STALLED,
  });
  work.on('error', () => undefined);
  say(`Taking checks of ${known.size} specs from the queue at ${to.where}; Ctrl-C ends.\n`);
  await new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop());
  });
  // What is being searched goes to another worker when its lock has run out.
  ended.abort();
  pool.close();
  await Promise.race([work.close(true), new Promise((done) => setTimeout(done, 3_000))]).catch(() => undefined);
  to.redis.disconnect();
  // BullMQ may wait for a connection that will not be there.
  process.exit(EXIT.ok);
}

interface Place {
  readonly to: Link;
  readonly pool: Pool;
  readonly known: ReadonlySet<string>;
  readonly say: (text: string) => void;
}

/** Searches a unit, if somebody waits for it. */
async function serve(data: unknown, { to: { redis }, pool, known, say }: Place): Promise<void> {
  const unit = readUnit(data);
  if (unit.run === undefined || unit.id === undefined) return;
  if ((await redis.exists(signOf(unit.run))) === 0) return;
  const result = 'problem' in unit ? refusal(unit.id, unit.problem) : await searched(unit, pool, known);
  if (!('problem' in unit)) {
    const { request } = unit;
    const part = request.split && 'cube' in request.split ? `, part ${request.split.cube.number}` : '';
    say(`${visible(`${request.label}${part}`)}${result.reason === undefined ? '' : `: ${visible(result.reason)}`}\n`);
  }
  if ((await redis.exists(signOf(unit.run))) === 0) return;
  await redis.rpush(resultsOf(unit.run), JSON.stringify(result));
  await redis.expire(resultsOf(unit.run), KEPT);
}

async function searched({ id, request }: Unit, pool: Pool, known: ReadonlySet<string>): Promise<UnitResult> {
  const { paths } = request.origin;
  const stranger = paths.find((path) => !known.has(path));
  if (stranger !== undefined) return refusal(id, `it has no spec ${stranger}`);
  const otherwise = refusal(id, `its files of ${paths.join(' ')} say something else: it needs the same commit`).reason;
  const errand = new Errand({ kind: 'search', request: { ...request, otherwise } }, JSON.stringify(paths), 0);
  pool.add([errand]);
  const { ended, said } = await errand.quietly();
  if ('came' in ended) return { id, said, came: ended.came as UnitResult['came'] };
  // This worker was ended: whoever comes next shall have it.
  if (ended.reason === undefined) await new Promise(() => undefined);
  return { id, said, reason: ended.reason };
}

const refusal = (id: number, why: string): UnitResult => ({
  id,
  said: [],
  reason: `the worker on ${hostname()} (process ${process.pid}) cannot search it: ${why}`,
});
