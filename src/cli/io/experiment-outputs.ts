/**
 * What the commands for real systems write beside the terminal: JSON, a page, reports, and a test that pins what was
 * found. They share the flags and the functions; each brings the functions that make texts of its results.
 */
import { dirname } from 'node:path';
import { visible } from '../../core/text.js';
import { isCommonJs } from '../../files/module-style.js';
import { version } from '../../files/package.js';
import { sealed } from '../../files/seal.js';
import { inputOf } from '../../live/checks.js';
import { isTypeScript } from '../../report/formats/emit-import.js';
import type { CheckDetails, ReporterInput, UnreadableSpec } from '../../report/reporters/index.js';
import { seenFrom, shown } from './files.js';
import type { EmitTarget, OutputFlags } from './output-flags.js';
import { admitted, isStdoutFree, type Output, printPlaces, reporterOutput, writeOutputs } from './outputs.js';
import { complain, print } from './terminal.js';

/** How results of a kind become texts. */
export interface Texts<T> {
  /** For the terminal. */
  text(found: T): string;
  json(found: T): string;
  page?(found: T): string;
  input(found: T): ReporterInput;
  /** A test that pins what was found; undefined if nothing was. @param target where it is to go */
  test?(found: T, target: EmitTarget): string | undefined;
}

/** The outputs of one command, admitted before anything is run. */
export class ExperimentOutputs<T> {
  private constructor(
    private readonly texts: Texts<T>,
    private readonly flags: OutputFlags,
    private readonly outputs: readonly Output<T>[],
  ) {}

  /** @param inputs files that the command reads. @returns undefined, and a complaint, if they may not be written */
  static admit<T>(texts: Texts<T>, flags: OutputFlags, inputs: readonly string[]): ExperimentOutputs<T> | undefined {
    const { json, html, reporter = [], emit, force } = flags;
    const { page, test } = texts;
    const all: Output<T>[] = [
      ...(json === undefined ? [] : [{ flag: '--json', label: 'JSON', path: json, text: texts.json }]),
      ...(html === undefined || !page ? [] : [{ flag: '--html', label: 'Report', path: html, text: page }]),
      ...reporter.map((target) => reporterOutput(target, texts.input)),
      ...(emit && test
        ? [{ flag: '--emit', label: 'Test', path: emit.file, text: (found: T) => sealed(test(found, emit) ?? '') }]
        : []),
    ];
    if (emit && cannotBeModule(emit)) {
      const better = shown(emit.file).replace(/\.c?js$/, '.mjs');
      complain(
        `error: ${visible(shown(emit.file))} would be CommonJS, and the test is an ES module; name it ${visible(better)}\n`,
      );
      return undefined;
    }
    const outputs = admitted(all, inputs, force);
    return outputs && new ExperimentOutputs(texts, flags, outputs);
  }

  /** Prints and writes what was found. @returns whether all was written that was asked for */
  write(found: T): boolean {
    const { emit, quiet } = this.flags;
    const speaks = !quiet && isStdoutFree(this.outputs);
    if (speaks) print(this.texts.text(found));
    const hasTest = emit === undefined || this.texts.test?.(found, emit) !== undefined;
    if (emit && !hasTest)
      complain(`note: no counterexample was found, so ${visible(shown(emit.file))} was not written\n`);
    const wanted = this.outputs.filter(({ flag }) => flag !== '--emit' || hasTest);
    const written = writeOutputs(wanted, found);
    if (speaks) printPlaces(written);
    return written.length === wanted.length;
  }

  /** Lets reporters say of a check that could not be made why there is no result. */
  writeCheck(check: CheckDetails): void {
    this.writeFailure(inputOf(version(), [check], () => ''));
  }

  /** Lets reporters say of a file that could not be read why there is no result. */
  writeUnread(spec: UnreadableSpec): void {
    this.writeFailure({ ...inputOf(version(), [], () => ''), unread: [spec] });
  }

  private writeFailure(input: ReporterInput): void {
    const reports = (this.flags.reporter ?? []).filter(({ name }) => name !== 'json');
    writeOutputs<ReporterInput>(
      reports.map((target) => reporterOutput(target, (it: ReporterInput) => it)),
      input,
    );
  }
}

/** Whether a test with `import` in it cannot be run under this name. Node sees by itself what a file with .js is. */
const cannotBeModule = ({ file, runner }: EmitTarget): boolean =>
  runner !== 'vitest' && /\.c?js$/.test(file) && isCommonJs(file) && (runner === 'jest' || file.endsWith('.cjs'));

/** Whether an emitted test is TypeScript. What goes to stdout may become a file of either kind. */
export const isTyped = ({ file }: EmitTarget): boolean => isTypeScript(file);

/** How a file or folder is named in a test that is to be written there. */
export const seenFromTest = ({ file }: EmitTarget, path: string): string =>
  seenFrom(file === '-' ? '' : dirname(file), path);
