/**
 * `ldfi playground`: writes the page that the build has made.
 */
import { playgroundPage } from '../../files/package.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { openFile } from '../io/open-file.js';
import { admitted, type Output, printPlaces, writeOutputs } from '../io/outputs.js';

interface PlaygroundFlags {
  readonly out: string;
  readonly force?: boolean;
  readonly open?: boolean;
}

export function playground({ out, force, open }: PlaygroundFlags): ExitCode {
  const page: Output<undefined> = { flag: '--out', label: 'Playground', path: out, text: playgroundPage };
  const outputs = admitted([page], [], force);
  const written = outputs ? writeOutputs(outputs, undefined) : [];
  if (written.length === 0) return EXIT.mistake;
  printPlaces(written);
  if (open && out !== '-') openFile(out);
  return EXIT.ok;
}
