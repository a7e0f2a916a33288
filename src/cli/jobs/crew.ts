/**
 * Whoever searches for a command and is not this process: checks become errands, errands come back as answers. Who does
 * them, a pool of processes or the workers of a queue, is not known here.
 *
 * What is said of a check on stderr is kept until it is asked for, so the order of all that is said is that of the jobs.
 */
import { notAsked } from '../../answer/ask.js';
import { type Findings, notReached } from '../../answer/findings.js';
import { invariant, LdfiError } from '../../core/invariant.js';
import type { Cube } from '../../search/cube.js';
import { allParts, complained, type Searcher, type SearchFlags, type Timed } from '../commands/search.js';
import { type Job, originOf } from '../load/load.js';
import { type LoadedProtocols, loadProtocols, type ProtocolLoader } from '../load/protocols.js';
import type { Durations } from '../shards/cut.js';
import { type Ended, Errand } from './errand.js';
import { type Request, textOf } from './messages.js';
import { weightOf, weightOfFile } from './weight.js';

/** Does errands, as many at once as it can. */
export interface Doer {
  add(errands: readonly Errand[]): void;
  /** Whether it loads modules as well. */
  readonly loads: boolean;
}

export class Crew implements Searcher {
  /** By check: one, or one for each of its parts. */
  private readonly searches = new Map<Job, readonly Errand[]>();
  /** Of checks whose other parts somebody else searches, by number. */
  private readonly parts = new Map<Job, Map<number, Errand<Findings>>>();
  private readonly modules = new Map<string, Errand<LoadedProtocols>>();

  /**
   * @param keeps whether what was learned of a protocol is kept
   * @param signal when it is aborted, nothing more is begun
   * @param durations how long checks took before, where that is known
   */
  constructor(
    private readonly doer: Doer,
    private readonly flags: SearchFlags,
    private readonly keeps: boolean,
    private readonly signal: AbortSignal,
    private readonly durations: Durations = {},
  ) {}

  readonly expect = (jobs: readonly Job[]): void => {
    const { split = 1 } = this.flags;
    const cubes = Array.from({ length: split }, (_, i) => ({ cube: { number: i + 1, of: split } }));
    const added = jobs.filter((job) => !this.searches.has(job));
    for (const job of added)
      this.searches.set(job, split === 1 ? [this.asking(job)] : cubes.map((cube) => this.asking(job, cube)));
    this.begin(added.flatMap((job) => this.searches.get(job) ?? []));
  };

  readonly expectParts = (units: readonly { readonly job: Job; readonly cube: Cube }[]): void => {
    for (const { job, cube } of units) this.partOf(job, cube);
  };

  readonly part = async (job: Job, cube: Cube): Promise<Findings> => {
    const ended = await this.partOf(job, cube).listen();
    if ('came' in ended) return ended.came;
    if (ended.reason === undefined) return notReached();
    throw new LdfiError('bad-options', ended.reason);
  };

  private partOf(job: Job, cube: Cube): Errand<Findings> {
    const parts = this.parts.get(job) ?? new Map<number, Errand<Findings>>();
    this.parts.set(job, parts);
    const known = parts.get(cube.number);
    if (known) return known;
    const errand = this.asking<Findings>(job, { cube });
    parts.set(cube.number, errand);
    this.begin([errand as Errand]);
    return errand;
  }

  readonly expectModules = (modules: readonly { readonly path: string; readonly part: boolean }[]): void => {
    if (!this.doer.loads) return;
    const added = modules.filter(({ path }) => !this.modules.has(path));
    const errands = added.map(({ path, part }) => {
      const weight = weightOfFile(path, this.durations);
      const errand = new Errand<LoadedProtocols>({ kind: 'load', path, part }, JSON.stringify([path]), weight);
      this.modules.set(path, errand);
      return errand as Errand;
    });
    this.begin(errands);
  };

  readonly search = async (job: Job): Promise<Timed> => {
    this.expect([job]);
    const errands = this.searches.get(job) as readonly Errand[];
    const [only] = errands as readonly Errand<Timed>[];
    const ended = await (errands.length === 1 && only ? only.listen() : this.inParts(job, errands));
    if ('came' in ended) return ended.came;
    const { subject, check } = job;
    const { reason } = ended;
    return { answer: reason === undefined ? notAsked(subject, check) : complained(subject, check, reason), took: 0 };
  };

  /** As `loadProtocols` does; where a process has ended over it, here. */
  readonly load: ProtocolLoader = async (path, part, signal) => {
    this.expectModules([{ path, part }]);
    const ended = await this.modules.get(path)?.listen();
    if (ended && 'came' in ended) return ended.came;
    this.signal.throwIfAborted();
    return loadProtocols(path, part, signal);
  };

  /** The answer to a check of which these search the parts; or why there is none. */
  private async inParts(job: Job, errands: readonly Errand[]): Promise<Ended<Timed>> {
    let failed: Ended<Timed> | undefined;
    let took = 0;
    let isReached = false;
    const parts = await allParts(errands.length, async ({ number }) => {
      const ended = await (errands[number - 1] as Errand<Findings>).listen();
      if ('came' in ended) {
        took += ended.came.took ?? 0;
        isReached = true;
        return ended.came;
      }
      if (ended.reason !== undefined) failed ??= ended;
      return notReached();
    });
    if (failed || !isReached) return failed ?? { reason: undefined };
    const errand = this.asking<Timed>(job, { parts });
    // What was found before an abort is answered, too.
    this.doer.add([errand as Errand]);
    const ended = await errand.listen();
    return 'came' in ended ? { came: { ...ended.came, took: took + ended.came.took } } : ended;
  }

  private asking<T>(job: Job, split?: Request['split']): Errand<T> {
    const { subject, check, label } = job;
    const origin = originOf(subject);
    invariant(origin, 'a subject was loaded');
    const { flags, keeps } = this;
    const request: Request = { origin, text: textOf(subject), check, label, flags, keeps, split };
    return new Errand<T>({ kind: 'search', request }, JSON.stringify(origin.paths), weightOf(job, this.durations));
  }

  private begin(errands: readonly Errand[]): void {
    if (this.signal.aborted) for (const errand of errands) errand.end(undefined);
    else this.doer.add(errands);
  }
}
