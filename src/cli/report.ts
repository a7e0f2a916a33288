/**
 * `ldfi report RESULT.json` and `ldfi run --report`: the HTML report of a result.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { visible } from '../core/text.js';
import type { SourceFile } from '../dedalus/ast.js';
import { type PageAssets, reportHtml } from '../report/html.js';
import { reportModel } from '../report/model.js';
import type { Learned } from '../report/provenance/learned/knowledge.js';
import type { Result } from '../report/schema.js';
import { diagram } from './diagram.js';
import { EXIT, type ExitCode } from './exit.js';
import { shown } from './files.js';
import { learnedOf } from './learned.js';
import { complainOfMoved, subjectOf } from './recall.js';
import { readResult } from './result.js';
import { saveText } from './save.js';
import { loadSubjects } from './subject.js';
import { paletteFor, print } from './terminal.js';

export interface ReportFlags {
  readonly format: 'html' | 'mermaid' | 'dot' | 'svg';
  readonly check?: string;
  readonly counterexample?: number;
  readonly out?: string;
  readonly open?: boolean;
}

export async function report(path: string, flags: ReportFlags): Promise<ExitCode> {
  const result = readResult(path, 'report');
  if (!result) return EXIT.mistake;
  const { format } = flags;
  if (format !== 'html') return diagram(result, { ...flags, format });
  const files = new Map<string, SourceFile>();
  for (const roots of new Set(result.checks.map(({ spec }) => JSON.stringify(spec.roots)))) {
    const spec = await loadSubjects(JSON.parse(roots) as string[], { quiet: true });
    if (!spec.subjects) {
      complainOfMoved(JSON.parse(roots) as string[], 'make the report there');
      return EXIT.mistake;
    }
    for (const file of spec.files) files.set(file.path, file);
  }
  const target = flags.out ?? join('reports', `${basename(path).replace(/\.json$/, '')}.html`);
  const learned: (Learned | undefined)[] = [];
  for (const check of result.checks) {
    const subject = await subjectOf(check);
    if (!subject) return EXIT.mistake;
    learned.push(await learnedOf(subject, check));
  }
  if (!writeReport(target, result, [...files.values()], learned)) return EXIT.mistake;
  if (target !== '-') print(`${paletteFor(process.stdout).bold('Report')}  ${visible(shown(target))}\n`);
  if (flags.open && target !== '-') openFile(target);
  return EXIT.ok;
}

/** Writes the report of a result; false, and a complaint, if that failed. */
export function writeReport(
  target: string,
  result: Result,
  files: readonly SourceFile[],
  learned: readonly (Learned | undefined)[] = [],
): boolean {
  const assets = JSON.parse(readFileSync(new URL('../page/assets.json', import.meta.url), 'utf8')) as PageAssets;
  return saveText(target, reportHtml(reportModel(result, files, learned), assets), 'error');
}

/** Hands a file to the desktop's browser; what becomes of it there is not our business. */
function openFile(path: string): void {
  const [command, ...words] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  spawn(command ?? '', [...words, resolve(path)], { detached: true, stdio: 'ignore' })
    .on('error', () => undefined)
    .unref();
}
