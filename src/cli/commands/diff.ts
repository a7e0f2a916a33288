/**
 * `ldfi diff OLD.json NEW.json`: what has changed between two results, or two frontiers.
 */
import { visible } from '../../core/text.js';
import { diffOfFrontiers } from '../../report/diff/frontiers.js';
import { type Difference, differenceToJson } from '../../report/diff/model.js';
import { diffOfResults } from '../../report/diff/results.js';
import { differenceToMarkdown, differenceToText } from '../../report/diff/words.js';
import { frontiersFromJson, isFrontiers } from '../../report/frontier/read.js';
import type { Frontiers } from '../../report/frontier/schema.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import type { Result } from '../../report/schema.js';
import { readText } from '../io/files.js';
import { admitted, isStdoutFree, type Output, printPlaces, writeOutputs } from '../io/outputs.js';
import { complain, paletteFor, print } from '../io/terminal.js';
import { readResult } from '../load/find-subject.js';

export interface DiffFlags {
  readonly json?: string;
  readonly markdown?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

export function diff(old: string, now: string, flags: DiffFlags): ExitCode {
  const [before, after] = [compared(old), compared(now)];
  const difference = before && after && differenceOf([old, before], [now, after]);
  if (!difference) return EXIT.mistake;
  const outputs = admitted(outputsOf(flags), [old, now], flags.force);
  if (!outputs) return EXIT.mistake;
  const speaks = !flags.quiet && isStdoutFree(outputs);
  if (speaks) print(differenceToText(difference, paletteFor(process.stdout)));
  const written = writeOutputs(outputs, difference);
  if (speaks) printPlaces(written);
  if (written.length < outputs.length) return EXIT.mistake;
  return difference.regressions > 0 ? EXIT.counterexample : EXIT.ok;
}

type Compared = { readonly result: Result } | { readonly frontiers: Frontiers };

/** What is in a file; undefined, and a complaint, if it is neither. */
function compared(path: string): Compared | undefined {
  const read = readText(path);
  if (!read.ok || !isFrontiers(read.text)) {
    const result = readResult(path, 'compare');
    return result && { result };
  }
  const parsed = frontiersFromJson(read.text);
  if ('frontiers' in parsed) return parsed;
  complain(`error: cannot compare ${visible(path)}: ${visible(parsed.problem)}\n`);
  return undefined;
}

function differenceOf(
  [old, before]: readonly [string, Compared],
  [now, after]: readonly [string, Compared],
): Difference | undefined {
  if ('result' in before && 'result' in after) return diffOfResults(before.result, after.result);
  if ('frontiers' in before && 'frontiers' in after) return diffOfFrontiers(before.frontiers, after.frontiers);
  const [result, frontiers] = 'result' in before ? [old, now] : [now, old];
  complain(`error: ${visible(result)} is a result and ${visible(frontiers)} has frontiers: compare two of a kind\n`);
  return undefined;
}

function outputsOf({ json, markdown }: DiffFlags): Output<Difference>[] {
  const all = [
    { flag: '--json', label: 'JSON', path: json, text: differenceToJson },
    { flag: '--markdown', label: 'Markdown', path: markdown, text: differenceToMarkdown },
  ];
  return all.flatMap(({ path, ...output }) => (path === undefined ? [] : [{ ...output, path }]));
}
