/**
 * `ldfi explain [CODE|WORD]`: what it means, an example, what to do, where to read on.
 */
import { visible } from '../../core/text.js';
import { lookUp, meant } from '../../explain/groups.js';
import { contents, explanation } from '../../explain/text.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { complain, paletteFor, print } from '../io/terminal.js';

/** Widest text, and its width where stdout is no terminal. */
const WIDEST = 100;

/** @param word as typed; the empty text asks for the list */
export function explain(word: string): ExitCode {
  const palette = paletteFor(process.stdout);
  const width = Math.min(WIDEST, Math.max(40, process.stdout.columns ?? WIDEST));
  if (word === '') {
    print(contents(width, palette));
    return EXIT.ok;
  }
  const found = lookUp(word);
  if (found.length > 0) {
    print(explanation(found, width, palette));
    return EXIT.ok;
  }
  const others = meant(word);
  const hint = others.length > 0 ? `is it ${others.join(' or ')}?` : '`ldfi explain` lists all words';
  complain(`error: there is no explanation of "${visible(word)}"; ${hint}\n`);
  return EXIT.mistake;
}
