/**
 * `ldfi combos`: the size of the scenario space, as the literature counts it.
 */
import { combinations, makeBounds } from '../faults/bounds.js';
import { countInWords } from '../report/words.js';
import { resolveChecks } from '../search/check.js';
import { EXIT, type ExitCode } from './exit.js';
import { type BoundFlags, boundOverrides } from './flags.js';
import { loadSpec } from './spec.js';
import { complain, print } from './terminal.js';

export function combos(paths: readonly string[], flags: BoundFlags): ExitCode {
  if (paths.length > 0) {
    const { program } = loadSpec(paths, true);
    if (!program) return EXIT.mistake;
    for (const { name, bounds } of resolveChecks(program, boundOverrides(flags)))
      print(`${name}  ${line(combinations(bounds))}`);
    return EXIT.ok;
  }
  const { eot, eff, crashes, nodes } = flags;
  if (eot === undefined || eff === undefined || crashes === undefined || nodes === undefined) {
    complain('error: combos needs a spec, or all of --eot, --eff, --crashes and --nodes\n');
    return EXIT.mistake;
  }
  print(line(combinations(makeBounds({ eot, eff, crashes, nodes }))));
  return EXIT.ok;
}

function line(count: bigint): string {
  const short = countInWords(count);
  return short === count.toString() ? `${count}\n` : `${count} (${short})\n`;
}
