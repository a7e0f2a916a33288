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

type Kept = { readonly answer: Answer; readonly report: string | undefined } | 'running';

/** Reports that are kept. */
const MOST_REPORTS = 8;

export class Verdicts {
  private readonly kept = new Map<string, Kept>();

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
    this.kept.delete(keyOf(id, key));
    this.kept.set(keyOf(id, key), { answer, report: 'html' in answer ? answer.html : undefined });
    const reports = [...this.kept].filter(([, one]) => one !== 'running' && one.report !== undefined);
    for (const [old, one] of reports.slice(0, -MOST_REPORTS))
      if (one !== 'running') this.kept.set(old, { ...one, report: undefined });
  }

  /** The page of a run, if its verdict is still about what is there. */
  report(id: string, key: string): string | undefined {
    const one = this.kept.get(keyOf(id, key));
    return one === undefined || one === 'running' || !this.isCurrent(one.answer) ? undefined : one.report;
  }

  /** What is known of a check: from a run of its own, or of all checks of its file. */
  of(id: string, key: string, title: string): Verdict | undefined {
    const own = this.kept.get(keyOf(id, key));
    const all = key === ALL_CHECKS ? undefined : this.kept.get(keyOf(id, ALL_CHECKS));
    const found = own ?? (all !== 'running' && all && 'outcomes' in all.answer ? all : undefined);
    if (found === undefined) return undefined;
    if (found === 'running') return { label: '… running', details: [] };
    if ('problem' in found.answer) return { label: '! could not be run', details: [found.answer.problem] };
    const { outcomes } = found.answer;
    const meant = found === own ? outcomes : outcomes.filter(({ name }) => name === title);
    return meant.length === 0 ? undefined : said(meant, this.isCurrent(found.answer));
  }

  private isCurrent(answer: Answer): boolean {
    return 'problem' in answer || answer.files.every(([id, text]) => this.textOf(id) === text);
  }
}

const keyOf = (id: string, key: string): string => `${id}\0${key}`;

function said(outcomes: readonly Outcome[], isCurrent: boolean): Verdict {
  const several = outcomes.length > 1;
  const words = outcomes.map((one) => (several ? `${one.name} ${one.words}` : one.words)).join('; ');
  return {
    label: isCurrent ? words : `? of an earlier text: ${words}`,
    details: outcomes.flatMap((one) => (several ? [`${one.name}:`, ...one.details] : one.details)),
  };
}
