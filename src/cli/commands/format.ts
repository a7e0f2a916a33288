/**
 * `ldfi format PATH…`: specs laid out in the one way, on stdout, in their files, or only compared.
 */
import { readFileSync } from 'node:fs';
import { visible } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import { renderDiagnostics } from '../../dedalus/render.js';
import { format } from '../../editor/format/format.js';
import { reasonOf, writeWhole } from '../../files/write.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { plural } from '../../report/words.js';
import { findSpecs, readText, shown } from '../io/files.js';
import { complain, fittedDiagnostics, paletteFor, print } from '../io/terminal.js';

interface FormatFlags {
  readonly check?: boolean;
  readonly write?: boolean;
}

/** What became of one file. */
type Outcome = 'same' | 'different' | 'failed';

export function formatFiles(paths: readonly string[], { check, write }: FormatFlags): ExitCode {
  if (check && write) return mistaken('--check writes nothing: leave out --check or --write');
  if (write && paths.includes('-')) return mistaken('stdin cannot be written to: leave out --write or -');
  const { files, unread } = sources(paths);
  if (!check && !write && files.length + unread > 1)
    return mistaken(`there are ${files.length + unread} files: say --write to write them, or --check to compare them`);
  const outcomes = files.map((file) => formatOne(file, check ?? false, write ?? false));
  const many = (wanted: Outcome): number => outcomes.filter((outcome) => outcome === wanted).length;
  if (check || write) {
    const changed = `${plural(many('different'), 'file')} ${check ? 'to be laid out anew' : 'changed'}`;
    print(`${plural(files.length, 'file')}: ${many('different') === 0 ? 'nothing to change' : changed}\n`);
  }
  if (unread + many('failed') > 0) return EXIT.mistake;
  return check && many('different') > 0 ? EXIT.counterexample : EXIT.ok;
}

function mistaken(problem: string): ExitCode {
  complain(`error: ${visible(problem)}\n`);
  return EXIT.mistake;
}

/** The files at the paths; what cannot be read is said. */
function sources(paths: readonly string[]): { files: SourceFile[]; unread: number } {
  const { specs, missing } = findSpecs(
    paths.filter((path) => path !== '-'),
    (path) => /\.(?:ded|inc)$/.test(path),
  );
  const files: SourceFile[] = [];
  const problems = missing.map(({ path, reason }) => ({ path, reason }));
  const read = [...specs.map((path) => ({ path, ...readText(path) })), ...(paths.includes('-') ? [stdin()] : [])];
  for (const one of read)
    if (one.ok) files.push({ path: one.path, text: one.text });
    else problems.push({ path: one.path, reason: one.reason });
  for (const { path, reason } of problems) complain(`error: cannot read ${visible(path)}: ${reason}\n`);
  if (files.length + problems.length === 0) complain('error: no specs found; name files or folders\n');
  return { files, unread: problems.length + (files.length + problems.length === 0 ? 1 : 0) };
}

function stdin(): { path: string } & ReturnType<typeof readText> {
  try {
    return { path: '-', ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(0)) };
  } catch (error) {
    return { path: '-', ok: false, reason: reasonOf(error) };
  }
}

function formatOne(file: SourceFile, check: boolean, write: boolean): Outcome {
  const done = format(file.text);
  if ('mistakes' in done) {
    complain(fittedDiagnostics(`${renderDiagnostics(done.mistakes, [file], paletteFor(process.stderr))}\n`));
    return 'failed';
  }
  if (!check && !write) print(done.text);
  if (done.text === file.text) return 'same';
  if (check || write) print(`${visible(shown(file.path))}\n`);
  try {
    if (write) writeWhole(file.path, done.text);
    return 'different';
  } catch (error) {
    complain(`error: cannot write ${visible(shown(file.path))}: ${visible(reasonOf(error))}\n`);
    return 'failed';
  }
}
