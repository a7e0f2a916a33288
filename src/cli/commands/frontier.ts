/**
 * `ldfi frontier FILE…`: how much a spec tolerates, over the bounds of its checks and around them.
 */
import { frontiersOf } from '../../answer/frontier.js';
import type { Subject } from '../../answer/subject.js';
import { mapBounds } from '../../faults/bounds.js';
import { frontierPage, version } from '../../files/package.js';
import { type GivenRanges, mayVary, type Range } from '../../frontier/axes.js';
import { frontiersToMarkdown } from '../../report/frontier/markdown.js';
import { exitOfFrontier } from '../../report/frontier/meaning.js';
import { type FrontierResult, type Frontiers, frontiersToJson, toFrontiers } from '../../report/frontier/schema.js';
import { frontierLegend, frontierToText } from '../../report/frontier/text.js';
import { EXIT, type ExitCode, worst } from '../../report/meaning.js';
import type { BoundOverrides } from '../../search/check.js';
import type { Invariant } from '../../simulator/outcome.js';
import { type BoundFlags, boundOverrides } from '../flags.js';
import { type Interrupt, underInterrupt } from '../io/interrupt.js';
import { admitted, isStdoutFree, type Output, printPlaces, writeOutputs } from '../io/outputs.js';
import { patience } from '../io/patience.js';
import { paletteFor, print } from '../io/terminal.js';
import { complainOfSearch } from '../load/handler-errors.js';
import { type Job, jobsOf, loadSubjects, named } from '../load/load.js';

type RangeFlags = { readonly [K in keyof GivenRanges]: Range };

export interface FrontierFlags extends Omit<BoundFlags, keyof RangeFlags>, RangeFlags {
  readonly check?: string;
  readonly lineage: 'auto' | 'total' | 'run';
  readonly invariant: Invariant;
  readonly timeout: number;
  readonly json?: string;
  readonly markdown?: string;
  readonly html?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

export const frontier = (paths: readonly string[], flags: FrontierFlags): Promise<ExitCode> =>
  underInterrupt(
    undefined,
    (interrupt) => frontierUnder(paths, flags, interrupt),
    () => EXIT.inconclusive,
  );

async function frontierUnder(paths: readonly string[], flags: FrontierFlags, interrupt: Interrupt): Promise<ExitCode> {
  const { quiet = false, invariant } = flags;
  const { signal } = interrupt;
  const { subjects, files } = await loadSubjects(paths, { quiet, signal });
  const lists = subjects?.map((subject) => jobsOf(subject, overridesOf(flags), quiet));
  if (!lists?.every((jobs) => jobs !== undefined)) return EXIT.mistake;
  const jobs = named(lists.flat(), flags.check);
  if (!jobs) return EXIT.mistake;
  const outputs = admitted(outputsOf(flags), [...paths, ...files.map(({ path }) => path)], flags.force);
  if (!outputs) return EXIT.mistake;
  const speaks = !quiet && isStdoutFree(outputs);
  const found: FrontierResult[] = [];
  const codes: ExitCode[] = [];
  for (const subject of new Set(jobs.map((job) => job.subject))) {
    const own = jobs.filter((job) => job.subject === subject);
    codes.push(
      await ofSubject(subject, own, flags, signal, (one) => {
        if (speaks)
          print(`${found.length > 0 ? '\n' : ''}${frontierToText(one, invariant, paletteFor(process.stdout))}`);
        found.push(one);
        codes.push(exitOfFrontier(one));
      }),
    );
  }
  if (speaks && found.length > 0) print(`\n${paletteFor(process.stdout).dim(frontierLegend())}\n`);
  const written = writeOutputs(outputs, toFrontiers(version(), invariant, found));
  if (speaks) printPlaces(written);
  if (interrupt.interrupted()) return EXIT.inconclusive;
  return written.length < outputs.length ? EXIT.mistake : worst(codes);
}

/** The frontiers of one spec, each told as soon as it is known. */
async function ofSubject(
  subject: Subject,
  jobs: readonly Job[],
  flags: FrontierFlags,
  signal: AbortSignal,
  tell: (one: FrontierResult) => void,
): Promise<ExitCode> {
  const checks = jobs.map(({ check }) => check);
  try {
    const all = subject.checks(overridesOf(flags));
    const found = frontiersOf(subject, checks, all, rangesOf(flags), flags, patience(signal, flags.timeout));
    for await (const one of found) tell(one);
    return EXIT.ok;
  } catch (error) {
    complainOfSearch(subject, checks.map(({ name }) => name).join(', '), error);
    return EXIT.mistake;
  }
}

/** Ranges are no bounds of checks: where a check is stays as it is. */
function overridesOf(flags: FrontierFlags): BoundOverrides {
  const fixed = mapBounds((name) => (mayVary(name) ? undefined : flags[name]));
  return boundOverrides({ ...flags, ...fixed } as unknown as BoundFlags);
}

const rangesOf = (flags: FrontierFlags): GivenRanges => mapBounds((name) => (mayVary(name) ? flags[name] : undefined));

function outputsOf({ json, markdown, html }: FrontierFlags): Output<Frontiers>[] {
  const all = [
    { flag: '--json', label: 'JSON', path: json, text: frontiersToJson },
    { flag: '--markdown', label: 'Markdown', path: markdown, text: frontiersToMarkdown },
    { flag: '--html', label: 'Page', path: html, text: frontierPage },
  ];
  return all.flatMap(({ path, ...output }) => (path === undefined ? [] : [{ ...output, path }]));
}
