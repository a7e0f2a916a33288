/**
 * `ldfi combos`: the size of the scenario space, as the literature counts it and without its double counting.
 */

import { visible } from '../../core/text.js';
import { firstGiven, makeBounds, usualBoundNames } from '../../faults/bounds.js';
import { combinations } from '../../faults/count.js';
import type { Bounds } from '../../faults/fault.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { countInWords, spaceInWords } from '../../report/words.js';

import { type BoundFlags, boundOverrides } from '../flags.js';
import { complain, print } from '../io/terminal.js';
import { jobsOf, loadSubjects } from '../load/load.js';

export async function combos(paths: readonly string[], flags: BoundFlags): Promise<ExitCode> {
  if (paths.length > 0) {
    const { subjects } = await loadSubjects(paths, { quiet: true });
    const jobs = subjects?.map((subject) => jobsOf(subject, boundOverrides(flags), true));
    if (!jobs?.every((known) => known !== undefined)) return EXIT.mistake;
    for (const { check } of jobs.flat()) print(`${visible(check.name)}  ${line(check.bounds)}`);
    return EXIT.ok;
  }
  const { nodes } = flags;
  const names = usualBoundNames();
  if (nodes === undefined || names.some((name) => flags[name] === undefined)) {
    complain(`error: combos needs a spec, or all of ${names.map((name) => `--${name}`).join(', ')} and --nodes\n`);
    return EXIT.mistake;
  }
  print(line(makeBounds({ ...firstGiven(flags), nodes })));
  return EXIT.ok;
}

/** The literature's count in full where that can be read, then in short, then the scenarios that `run` tells apart. */
function line(bounds: Bounds): string {
  const count = combinations(bounds);
  const short = countInWords(count);
  const full = count < 10n ** 60n ? count.toString() : short;
  return `${full === short ? full : `${full} (${short})`} in the literature's count, ${spaceInWords(bounds)} that differ\n`;
}
