/**
 * `ldfi run --frontier`: how much is tolerated around the bounds of the checks, as a part of their result.
 */
import { frontiersOf } from '../../answer/frontier.js';
import type { Reading, Subject } from '../../answer/subject.js';
import { getOrMake } from '../../core/memo.js';
import type { Answer } from '../../report/answer.js';
import type { TextPalette } from '../../report/formats/text.js';
import type { FrontierResult, Frontiers } from '../../report/frontier/schema.js';
import { frontierLegend, frontierToText } from '../../report/frontier/text.js';
import { FRONTIER_SECONDS } from '../flags.js';
import { patience } from '../io/patience.js';
import { complainOfSearch } from '../load/handler-errors.js';
import type { Job } from '../load/load.js';

export class Around {
  private readonly known = new Map<Subject, Promise<readonly FrontierResult[]>>();
  private readonly found: FrontierResult[] = [];

  /** @param all jobs that there are, among which a command finds one by the name of its check */
  constructor(
    private readonly jobs: readonly Job[],
    private readonly all: readonly Job[],
    private readonly reading: Reading,
    private readonly signal: AbortSignal,
  ) {}

  /** The answer with the frontier of its check. */
  async added({ subject, check }: Job, answer: Answer): Promise<Answer> {
    if (answer.check.stopped === 'error') return answer;
    const all = await getOrMake(this.known, subject, () => this.ofSubject(subject));
    const own = all.find(({ checks }) => checks.some(({ name }) => name === check.name));
    return own ? { ...answer, check: { ...answer.check, frontier: own.slices } } : answer;
  }

  /** All of them, for the terminal. */
  text(invariant: Frontiers['invariant'], palette: TextPalette): string {
    const blocks = this.found.map((one) => `${frontierToText(one, invariant, palette)}\n`);
    return blocks.length > 0 ? `${blocks.join('')}${palette.dim(frontierLegend())}\n\n` : '';
  }

  private async ofSubject(subject: Subject): Promise<readonly FrontierResult[]> {
    const checksOf = (jobs: readonly Job[]) => jobs.flatMap((job) => (job.subject === subject ? [job.check] : []));
    const checks = checksOf(this.jobs);
    const own: FrontierResult[] = [];
    try {
      const patient = patience(this.signal, FRONTIER_SECONDS);
      for await (const one of frontiersOf(subject, checks, checksOf(this.all), {}, this.reading, patient))
        own.push(one);
    } catch (error) {
      complainOfSearch(subject, checks.map(({ name }) => name).join(', '), error);
    }
    this.found.push(...own);
    return own;
  }
}
