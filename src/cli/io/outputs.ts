/**
 * The outputs of a command beside the terminal: which there are, whether they may be written where they are to go, and
 * writing them. Each is a pure function of what was searched.
 */
import { appendFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { visible } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import { headOf, identityOf, obstacleTo, reasonOf, writeWhole } from '../../files/write.js';
import { pageTitle } from '../../report/formats/html.js';
import { type Found, REPORTERS, type ReporterInput } from '../../report/reporters/index.js';
import { printableJson, resultToJson } from '../../report/result.js';
import { shown } from './files.js';
import type { Target } from './reporter-flag.js';
import { complain, paletteFor, print } from './terminal.js';

/** What a command has found out about specs. */
export interface Searched extends Found {
  readonly files: readonly SourceFile[];
  /** How long each check of the result took to answer, in milliseconds; left out if that is not known. */
  readonly took?: readonly number[];
}

/** Where something is to be written. */
export interface Destination {
  /** As the command line has it, for complaints. */
  readonly flag: string;
  /** What it is called when it has been written. */
  readonly label: string;
  /** `-` for stdout. */
  readonly path: string;
  /** Nobody asked for it: that it cannot be written is worth a warning. */
  readonly byDefault?: boolean;
  /** Whether it keeps what was learned of a protocol. */
  readonly keepsLearned?: boolean;
  /** Whether it is the result, from which commands go on. */
  readonly isResult?: boolean;
  /** Lines of a log, beside which others may stand on stdout. */
  readonly lines?: boolean;
}

/** @typeParam T what a command has found out */
export interface Output<T = Searched> extends Destination {
  /** @param saved the file of the result, as seen from the working folder, if there is one */
  text(found: T, saved?: string): string;
  /** Further files that belong to it, which are written before it. */
  others?(found: T, saved?: string): Iterable<{ readonly path: string; readonly text: string }>;
  /** Whether those may replace files that `ldfi` has not written. */
  readonly force?: boolean;
  /** What else is to be done once it is written; false, and a complaint, if that failed. */
  also?(found: T): boolean;
}

export const jsonOutput = (flag: string, path: string, byDefault = false): Output => ({
  flag,
  label: 'JSON',
  path,
  byDefault,
  keepsLearned: true,
  isResult: true,
  text: ({ result }) => resultToJson(result),
});

/** @param inputOf what reporters say of it */
export function reporterOutput<T>({ name, file }: Target, inputOf: (found: T) => ReporterInput): Output<T> {
  return {
    flag: `--reporter ${name}`,
    label: name,
    path: file,
    keepsLearned: name === 'json',
    isResult: name === 'json',
    lines: name === 'text' || name === 'github',
    text: (found) => REPORTERS[name](inputOf(found)),
    ...(name === 'github' && { also: (found: T) => appendSummary(REPORTERS.markdown(inputOf(found))) }),
  };
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

/** Text on stdout is written as the command goes along. */
const isStream = ({ label, path }: Destination): boolean => label === 'text' && path === '-';

/** Takes stdout for itself. */
const isDocument = ({ path, lines = false }: Destination): boolean => path === '-' && !lines;

/** Whether stdout is free for the text of the command. */
export const isStdoutFree = (outputs: readonly Destination[]): boolean => !outputs.some(isDocument);

/**
 * The outputs, if they may be written where they are to go; undefined, and a complaint, if not: no two go to one place,
 * none replaces what the command reads, and none replaces a file that `ldfi` has not written.
 * @param inputs files that the command reads
 * @param force files that `ldfi` has not written may be replaced
 */
export function admitted<T extends Destination>(
  outputs: readonly T[],
  inputs: readonly string[],
  force = false,
): readonly T[] | undefined {
  const problem = clashOnStdout(outputs) ?? clashOfFiles(outputs) ?? inputAmong(outputs, inputs);
  const strange = force ? [] : outputs.filter(({ path }) => path !== '-' && obstacleTo(path));
  const asked = strange.find(({ byDefault }) => !byDefault);
  const refused = problem ?? (asked && strangeInWords(asked.path));
  if (refused !== undefined) {
    complain(`error: ${visible(refused)}\n`);
    return undefined;
  }
  for (const { path } of strange) complain(`warning: ${visible(strangeInWords(path))}\n`);
  return outputs.filter((one) => !strange.includes(one));
}

const strangeInWords = (path: string): string =>
  `${shown(path)} ${obstacleTo(path)}; name another file, or replace it with --force`;

function clashOnStdout(outputs: readonly Destination[]): string | undefined {
  const onStdout = outputs.filter(({ path }) => path === '-');
  if (onStdout.length < 2 || !onStdout.some(isDocument)) return undefined;
  const flags = [...onStdout.filter(isDocument), ...onStdout.filter((one) => !isDocument(one))].map(({ flag }) => flag);
  const isReporter = flags.some((flag) => flag.startsWith('--reporter'));
  const example = isReporter ? '--reporter junit=reports/junit.xml' : `${flags.at(-1)} FILE`;
  return `${flags.join(' and ')} both want stdout; give all but one a file, as in ${example}`;
}

function clashOfFiles(outputs: readonly Destination[]): string | undefined {
  const files = outputs.filter(({ path }) => path !== '-');
  const twice = files.find(({ path }, i) => files.slice(0, i).some((one) => identityOf(one.path) === identityOf(path)));
  return twice && `two reports are to be written to ${shown(twice.path)}`;
}

function inputAmong(outputs: readonly Destination[], inputs: readonly string[]): string | undefined {
  const read = new Set(inputs.map(identityOf));
  const found = outputs.find(({ path }) => path !== '-' && read.has(identityOf(path)));
  return (
    found && `${shown(found.path)} is read by this command and cannot be its output (${found.flag}); name another file`
  );
}

/**
 * Writes outputs, each file whole or not at all.
 * @param saved the file of the result, as seen from the working folder; else the first of the outputs that is one
 * @returns those that were written; what could not be has been said
 */
export function writeOutputs<T>(outputs: readonly Output<T>[], found: T, saved = resultAmong(outputs)): Output<T>[] {
  return outputs.filter((output) => {
    if (isStream(output)) return true;
    const severity = output.byDefault ? 'warning' : 'error';
    return (
      saveOthers(output, found, saved) &&
      saveText(output.path, output.text(found, saved), severity) &&
      (output.also?.(found) ?? true)
    );
  });
}

function resultAmong(outputs: readonly Destination[]): string | undefined {
  const result = outputs.find(({ isResult = false, path }) => isResult && path !== '-');
  return result && shown(result.path);
}

/** Until one of them cannot be written. */
function saveOthers<T>({ others, force = false }: Output<T>, found: T, saved: string | undefined): boolean {
  for (const { path, text } of others?.(found, saved) ?? []) {
    if (!force && obstacleTo(path)) {
      complain(`error: ${visible(strangeInWords(path))}\n`);
      return false;
    }
    if (!saveText(path, text, 'error')) return false;
  }
  return true;
}

/** Says where outputs are. */
export function printPlaces(outputs: readonly Destination[]): void {
  const { bold } = paletteFor(process.stdout);
  for (const { label, path } of outputs) if (path !== '-') print(`${bold(label)}  ${visible(shown(path))}\n`);
}

/** Writes a text to a file, or to stdout if that is `-`; false, and a complaint of this severity, if that failed. */
export function saveText(target: string, text: string, severity: 'error' | 'warning'): boolean {
  if (target === '-') {
    print(text);
    return true;
  }
  try {
    writeWhole(target, text);
    return true;
  } catch (error) {
    complain(`${severity}: cannot write ${visible(shown(target))}: ${visible(reasonOf(error))}\n`);
    return false;
  }
}

/**
 * Where the reports of some files land by default, without an extension: `reports/x` for `x.ded`. If that is taken by
 * the reports of other files (`x.ts`, or `old/x.ded`), then `reports/x.ded`, then `reports/old-x.ded`.
 * @param root the first file that the reports are of
 */
export function defaultPath(path: string, root = path): string {
  const near = shown(path);
  const long = near.replace(/^(?:\.{0,2}\/)+/, '').replaceAll('/', '-');
  const names = [basename(near).replace(/\.[^.]*$/, ''), basename(near), long].map((name) => join('reports', name));
  return names.find((name) => !isOfOthers(name, shown(root))) ?? (names[2] as string);
}

function isOfOthers(name: string, root: string): boolean {
  const first = /(?<!\\)"roots":\s*\[\s*("(?:[^"\\]|\\.)*")/.exec(headOf(`${name}.json`) ?? '')?.[1];
  const title = /<title>.*<\/title>/.exec(headOf(`${name}.html`) ?? '')?.[0];
  const own = `<title>${pageTitle([root])}`;
  return (
    (first !== undefined && first !== printableJson(JSON.stringify(root))) ||
    (title !== undefined && title !== `${own}</title>` && !title.startsWith(`${own},`))
  );
}
