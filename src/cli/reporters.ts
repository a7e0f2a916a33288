/**
 * The reports that `--reporter` asks for, several at once: what goes into them is collected while checks are searched, and written in the end. The
 * reporters themselves are pure functions of `src/report/reporters`.
 *
 * Stdout can take one document, or the text and GitHub's commands, which are lines of a log.
 */
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { visible } from '../core/text.js';
import { type CheckDetails, REPORTERS, type Unread } from '../report/reporters/index.js';
import type { CheckResult, Result } from '../report/result.js';
import type { Invariant } from '../simulator/outcome.js';
import type { ExitCode } from './exit.js';
import { reasonOf, shown } from './files.js';
import { saveText } from './save.js';
import { detailsOf } from './story.js';
import type { Subject } from './subject.js';
import type { Target } from './target.js';
import { complain, paletteFor, print } from './terminal.js';
import { unreadSpec } from './unread.js';

export interface ReporterFlags {
  readonly reporter?: readonly Target[];
  readonly json?: string;
  readonly report?: string | true;
  readonly quiet?: boolean;
}

/** The reports of one command, and what goes into them. */
export interface Reports {
  /** Whether stdout is free for the text of the command. */
  readonly speaks: boolean;
  /**
   * Takes note of a check, in the order of the result.
   * @param exit what the check alone would make the command exit with
   * @param expected the verdict that was asked for, if one was
   */
  check(subject: Subject, result: CheckResult, exit: ExitCode, expected?: string): Promise<void>;
  /** Takes note of a spec that could not be used. */
  unread(paths: readonly string[], reason?: string): Promise<void>;
  /** Writes all reports; false, and a complaint, if one could not be written. */
  write(result: Result): boolean;
}

/** The reports that the flags ask for; undefined, and a complaint, if they want the same place. */
export function openReports(flags: ReporterFlags, invariant: Invariant): Reports | undefined {
  const { reporter: targets = [] } = flags;
  const problem = clash(targets, flags);
  if (problem !== undefined) {
    complain(`error: ${visible(problem)}\n`);
    return undefined;
  }
  const pending = targets.filter((target) => !isStream(target));
  const speaks = flags.json !== '-' && !targets.some(isDocument);
  const details: CheckDetails[] = [];
  const unread: Unread[] = [];
  return {
    speaks,
    async check(subject, result, exit, expected) {
      if (pending.length > 0) details.push(await detailsOf(subject, result, { exit, expected, invariant }));
    },
    async unread(paths, reason) {
      if (pending.length > 0) unread.push(await unreadSpec(paths, reason));
    },
    write(result) {
      const input = { result, details, unread };
      const written = pending.map(({ name, file }) => {
        const saved = saveText(file, REPORTERS[name](input), 'error');
        if (saved && file !== '-' && speaks && !flags.quiet)
          print(`${paletteFor(process.stdout).bold(name)}  ${visible(shown(file))}\n`);
        return saved && (name !== 'github' || appendSummary(REPORTERS.markdown(input)));
      });
      return written.every(Boolean);
    },
  };
}

/** Text on stdout is written as the command goes along. */
const isStream = ({ name, file }: Target): boolean => name === 'text' && file === '-';

/** Takes stdout for itself. */
const isDocument = ({ name, file }: Target): boolean => file === '-' && name !== 'text' && name !== 'github';

function clash(targets: readonly Target[], { json, report }: ReporterFlags): string | undefined {
  const wanting = (flag: string, file: string | true | undefined): string[] => (file === '-' ? [flag] : []);
  const others = [...wanting('--json -', json), ...wanting('--report -', report)];
  const onStdout = targets.filter(({ file }) => file === '-');
  const documents = [...others, ...onStdout.filter(isDocument).map(({ name }) => `--reporter ${name}`)];
  const lines = onStdout.filter((target) => !isDocument(target)).map(({ name }) => `--reporter ${name}`);
  if (onStdout.length > 0 && documents.length > 0 && documents.length + lines.length > 1)
    return `${[...documents, ...lines].join(' and ')} both want stdout; give all but one a file, as in --reporter junit=reports/junit.xml`;
  const files = [...targets.map(({ file }) => file), json, report].filter((file) => typeof file === 'string');
  const twice = files.find(
    (file, i) => file !== '-' && files.slice(0, i).some((other) => resolve(other) === resolve(file)),
  );
  return twice === undefined ? undefined : `two reports are to be written to ${shown(twice)}`;
}

/** Adds to the summary of a job of GitHub Actions, if this is one. */
function appendSummary(markdown: string): boolean {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (!path) return true;
  try {
    appendFileSync(path, markdown);
    return true;
  } catch (error) {
    complain(`error: cannot append to GITHUB_STEP_SUMMARY: ${visible(reasonOf(error))}\n`);
    return false;
  }
}
