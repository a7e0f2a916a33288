/**
 * The verdicts of the checks that were run, for as long as the texts are the ones that they are about: a verdict on an
 * earlier text must never look like one on what is there now.
 */
import { ALL_CHECKS, type Answer, type Outcome } from './messages.js';

/** What is said behind a check. */
export interface Verdict {
  readonly label: string;
  readonly details: readonly string[];
}

/** A run that is over, and what it was about. */
interface Done {
  readonly answer: Answer;
  /** Files and what was in them. */
  readonly files: readonly (readonly [string, string | undefined])[];
  readonly report: string | undefined;
}

/** Reports that are kept. */
const MOST_REPORTS = 8;

export class Verdicts {
  private readonly kept = new Map<string, Done | 'running'>();

  /** @param textOf what a file says now, by its id; undefined if it cannot be read */
  constructor(private readonly textOf: (id: string) => string | undefined) {}

  running(id: string, key: string): void {
    this.kept.set(keyOf(id, key), 'running');
  }

  /** It was cancelled: there is nothing to say. */
  forget(id: string, key: string): void {
    this.kept.delete(keyOf(id, key));
  }

  answered(id: string, key: string, answer: Answer): void {
    const isAnswer = 'outcomes' in answer;
    const files = isAnswer ? answer.files : [[id, this.textOf(id)] as const];
    this.kept.delete(keyOf(id, key));
    this.kept.set(keyOf(id, key), { answer, files, report: isAnswer ? answer.html : undefined });
    const reports = [...this.kept].filter(
      (entry): entry is [string, Done] => entry[1] !== 'running' && !!entry[1].report,
    );
    for (const [old, done] of reports.slice(0, -MOST_REPORTS)) this.kept.set(old, { ...done, report: undefined });
  }

  /** The page of a run, if its verdict is still about what is there. */
  report(id: string, key: string): string | undefined {
    const done = this.kept.get(keyOf(id, key));
    return done && done !== 'running' && this.isCurrent(done) ? done.report : undefined;
  }

  /**
   * What is known of a check: from a run of its own, or of all checks of its file.
   * @param number of the check among those of its file, where a run of all answers in that order
   */
  of(
    id: string,
    { key, title }: { readonly key: string; readonly title: string },
    number?: number,
  ): Verdict | undefined {
    const own = this.kept.get(keyOf(id, key));
    if (own === 'running') return { label: '… running', details: [] };
    if (own) return this.said(own, (outcomes) => outcomes, key === ALL_CHECKS ? undefined : title);
    const all = this.kept.get(keyOf(id, ALL_CHECKS));
    if (!all || all === 'running' || !('outcomes' in all.answer)) return undefined;
    const isMeant = ({ name }: Outcome, i: number): boolean => (number === undefined ? name === title : i === number);
    return this.said(all, (outcomes) => outcomes.filter(isMeant), title);
  }

  /** @param title of the check that is meant: of an earlier text, another one may have stood there */
  private said(
    done: Done,
    choose: (outcomes: readonly Outcome[]) => readonly Outcome[],
    title: string | undefined,
  ): Verdict | undefined {
    const isCurrent = this.isCurrent(done);
    if ('problem' in done.answer)
      return isCurrent ? { label: '! could not be run', details: [done.answer.problem] } : undefined;
    const outcomes = choose(done.answer.outcomes);
    if (outcomes.length === 0 || (!isCurrent && title !== undefined && outcomes[0]?.name !== title)) return undefined;
    const several = outcomes.length > 1;
    const words = outcomes.map((one) => (several ? `${one.name} ${one.words}` : one.words)).join('; ');
    return {
      label: isCurrent ? words : `? of an earlier text: ${words}`,
      details: outcomes.flatMap((one) => (several ? [`${one.name}:`, ...one.details] : one.details)),
    };
  }

  private isCurrent({ files }: Done): boolean {
    return files.every(([id, text]) => this.textOf(id) === text);
  }
}

const keyOf = (id: string, key: string): string => `${id}\0${key}`;
