/**
 * `ldfi report RESULT.json`: the HTML report of a result, or one of its runs as a diagram. No module is run: what the
 * handlers of a protocol do is in the result, as far as it was learned.
 */
import { statSync } from 'node:fs';
import { visible } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import type { CheckResult, Result } from '../../report/schema.js';
import { shown } from '../io/files.js';
import { openFile } from '../io/open-file.js';
import { admitted, defaultPath, type Output, printPlaces, writeOutputs } from '../io/outputs.js';
import { folderOutput, pageOutput } from '../io/page-outputs.js';
import { complain } from '../io/terminal.js';
import type { ExperimentResult } from '../load/experiment-result.js';
import { modulesOf, readResult, shownSubjectOf } from '../load/find-subject.js';
import { diagram } from './diagram.js';

export interface ReportFlags {
  readonly format: 'html' | 'mermaid' | 'dot' | 'svg';
  readonly check?: string;
  readonly counterexample?: number;
  readonly out?: string;
  readonly open?: boolean;
  readonly force?: boolean;
}

export async function report(path: string, flags: ReportFlags): Promise<ExitCode> {
  const { format } = flags;
  let experiments: ExperimentResult | undefined;
  const result = readResult(path, 'report', (found) => {
    experiments = found;
  });
  if (experiments) return ofExperiments(experiments, path, flags);
  if (!result) return EXIT.mistake;
  if (format !== 'html') return diagram(path, result, { ...flags, format });
  const files = await sourcesOf(result);
  if (!files) return EXIT.mistake;
  const output = pagesFor(path, result, flags);
  const outputs = admitted([output], [path, ...files.map((file) => file.path)], flags.force);
  if (!outputs) return EXIT.mistake;
  const found = { question: 'promise', result, answers: [], unread: [], files } as const;
  const written = writeOutputs(outputs, found, shown(path));
  if (written.length === 0) return EXIT.mistake;
  printPlaces(written);
  if (flags.open && output.path !== '-') openFile(output.path);
  return EXIT.ok;
}

/** One page; of several specs an overview and a page for each, unless a file is named. */
function pagesFor(path: string, { checks }: Result, { out, force }: ReportFlags): Output {
  const specs = new Set(checks.map(({ spec }) => JSON.stringify(spec.roots)));
  const near = defaultPath(path, specs.size > 1 ? path : checks[0]?.spec.roots[0]);
  const target = out ?? (specs.size > 1 ? `${near}/` : `${near}.html`);
  const isFolder = target.endsWith('/') || (statSync(target, { throwIfNoEntry: false })?.isDirectory() ?? false);
  return isFolder ? folderOutput('--out', target, { force }) : pageOutput('--out', target);
}

/** The page of services or programs. */
async function ofExperiments(result: ExperimentResult, path: string, flags: ReportFlags): Promise<ExitCode> {
  if (flags.format !== 'html') {
    complain(`error: ${visible(path)} is a result of experiments: there is a page of it, and no diagram\n`);
    return EXIT.mistake;
  }
  const { reportExperiments } = await import('./experiments.js');
  return reportExperiments(result, path, flags, (file) => {
    if (flags.open && file !== '-') openFile(file);
  });
}

/** The files of all specs; undefined, and a complaint, if one cannot be had. */
async function sourcesOf({ checks }: Result): Promise<SourceFile[] | undefined> {
  const files = new Map<string, SourceFile>();
  const seen = new Set<string>();
  for (const check of checks) {
    const key = JSON.stringify(check.spec);
    if (seen.has(key)) continue;
    seen.add(key);
    const found = await filesOf(check);
    if (!found) return undefined;
    for (const file of found) files.set(file.path, file);
  }
  return [...files.values()];
}

async function filesOf(check: CheckResult): Promise<readonly SourceFile[] | undefined> {
  const { spec, name } = check;
  if (spec.kind !== 'protocol') return (await shownSubjectOf(check, 'make the report there'))?.files;
  if (!check.learned)
    complain(
      `note: ${visible(name)}: the result does not have what was learned of ${visible(spec.protocol ?? 'the protocol')}, so its page has no runs; search it again for them\n`,
    );
  return modulesOf(spec);
}
