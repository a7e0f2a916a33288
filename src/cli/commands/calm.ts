/**
 * `ldfi calm FILE…`: which outputs of a spec depend on the order of messages, where that is decided, and two schedules
 * that show it.
 */
import { type CalmAnswer, calmOf } from '../../answer/calm.js';
import { DedalusSubject } from '../../answer/dedalus.js';
import { visible } from '../../core/text.js';
import type { Program } from '../../dedalus/program.js';
import { suggest } from '../../dedalus/suggest.js';
import { calmPage, version } from '../../files/package.js';
import { calmInput } from '../../report/calm/details.js';
import { calmToDot } from '../../report/calm/dot.js';
import { type Calm, calmToJson, contradictionsIn } from '../../report/calm/model.js';
import { calmToSvg } from '../../report/calm/svg.js';
import { calmToText } from '../../report/calm/text.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { REPORTERS } from '../../report/reporters/index.js';
import { type Interrupt, underInterrupt } from '../io/interrupt.js';
import { admitted, isStdoutFree, type Output, printPlaces, writeOutputs } from '../io/outputs.js';
import { complain, paletteFor, print } from '../io/terminal.js';
import { complainOfSearch } from '../load/handler-errors.js';
import { jobsOf, loadSubjects, named } from '../load/load.js';

export interface CalmFlags {
  readonly output?: readonly string[];
  readonly check?: string;
  readonly nodes?: readonly string[];
  readonly eot?: number;
  readonly schedules: number;
  readonly delay: number;
  /** False for `--no-witness`. */
  readonly witness: boolean;
  readonly timeout?: number;
  readonly json?: string;
  readonly html?: string;
  readonly dot?: string;
  readonly svg?: string;
  readonly sarif?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

/** What is written: the result, and what pictures are made of. */
type Written = Calm & Pick<CalmAnswer, 'views'>;

export const calm = (paths: readonly string[], flags: CalmFlags): Promise<ExitCode> =>
  underInterrupt(
    flags.timeout,
    (interrupt) => calmUnder(paths, flags, interrupt),
    () => EXIT.inconclusive,
  );

async function calmUnder(paths: readonly string[], flags: CalmFlags, { signal }: Interrupt): Promise<ExitCode> {
  const { quiet = false, nodes, eot } = flags;
  const { subjects, files } = await loadSubjects(paths, { quiet, signal });
  const [subject] = subjects ?? [];
  if (!subject) return EXIT.mistake;
  if (!(subject instanceof DedalusSubject))
    return mistake(
      `${paths.join(' ')} is a protocol: its handlers cannot be looked into; this is for specs in Dedalus`,
    );
  if (!areOutputs(subject.program, flags.output)) return EXIT.mistake;
  const jobs = jobsOf(subject, { nodes, eot }, quiet);
  const [job] = (jobs && named(jobs, flags.check)) ?? [];
  const outputs = admitted(outputsOf(flags), [...paths, ...files.map(({ path }) => path)], flags.force);
  if (!job || !outputs) return EXIT.mistake;
  try {
    const { schedules, delay, witness } = flags;
    const options = { outputs: flags.output, schedules: witness ? schedules : 0, delay, signal };
    const answer = await calmOf(subject, job.check.bounds, options);
    const { result } = answer;
    if (result.outputs.length === 0)
      return mistake('the spec has no outputs; name some, as in --output log, or with a line `//! output log`');
    const speaks = !quiet && isStdoutFree(outputs);
    if (speaks) print(calmToText(result, paletteFor(process.stdout)));
    const written = writeOutputs(outputs, { version: version(), ...answer });
    if (speaks) printPlaces(written);
    return written.length < outputs.length ? EXIT.mistake : exitOf(answer);
  } catch (error) {
    complainOfSearch(subject, job.check.name, error);
    return EXIT.mistake;
  }
}

function mistake(words: string): ExitCode {
  complain(`error: ${visible(words)}\n`);
  return EXIT.mistake;
}

/** Whether the relations that are asked for are there; what is not is said. */
function areOutputs({ relations }: Program, names: readonly string[] = []): boolean {
  const strange = names.filter((name) => !relations.has(name));
  for (const name of strange) {
    const close = suggest(name, relations.keys());
    const hint = close ? `did you mean "${close}"?` : `there are ${[...relations.keys()].join(', ')}`;
    complain(`error: ${visible(`no relation is named "${name}"; ${hint}`)}\n`);
  }
  return strange.length === 0;
}

/** That an analysis and its schedules contradict each other is worse than anything they say. */
function exitOf({ result }: CalmAnswer): ExitCode {
  if (contradictionsIn(result).length > 0) return EXIT.falseGreen;
  if (result.outputs.some(({ verdict }) => verdict === 'D')) return EXIT.counterexample;
  return result.tried?.stopped === undefined ? EXIT.ok : EXIT.inconclusive;
}

function outputsOf({ json, html, dot, svg, sarif }: CalmFlags): Output<Written>[] {
  const all = [
    { flag: '--json', label: 'JSON', path: json, text: calmToJson },
    { flag: '--html', label: 'Page', path: html, text: calmPage },
    { flag: '--dot', label: 'Graph', path: dot, text: ({ result }: Written) => calmToDot(result) },
    { flag: '--svg', label: 'Picture', path: svg, text: ({ result }: Written) => calmToSvg(result) },
    { flag: '--sarif', label: 'SARIF', path: sarif, text: (found: Written) => REPORTERS.sarif(calmInput(found)) },
  ];
  return all.flatMap(({ path, ...output }) => (path === undefined ? [] : [{ ...output, path }]));
}
