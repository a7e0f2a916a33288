/**
 * `ldfi blazes TOPOLOGY.yaml`: what may depend on the order of messages among components, and where to coordinate.
 */
import { parseTopology } from '../../blazes/parse.js';
import { visible } from '../../core/text.js';
import { renderDiagnostics } from '../../dedalus/render.js';
import { blazesPage, version } from '../../files/package.js';
import { blazesToDot } from '../../report/blazes/dot.js';
import { type BlazesResult, blazesToJson, toBlazes } from '../../report/blazes/schema.js';
import { blazesToSvg } from '../../report/blazes/svg.js';
import { blazesToText } from '../../report/blazes/text.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { readText, shown } from '../io/files.js';
import { admitted, isStdoutFree, type Output, printPlaces, writeOutputs } from '../io/outputs.js';
import { complain, fittedDiagnostics, paletteFor, print } from '../io/terminal.js';

export interface BlazesFlags {
  readonly json?: string;
  readonly html?: string;
  readonly dot?: string;
  readonly svg?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

export function blazes(path: string, flags: BlazesFlags): ExitCode {
  const { quiet = false } = flags;
  const read = readText(path);
  if (!read.ok) {
    complain(`error: cannot read ${visible(shown(path))}: ${visible(read.reason)}\n`);
    return EXIT.mistake;
  }
  const file = { path: shown(path), text: read.text };
  const parsed = parseTopology(file);
  if ('diagnostics' in parsed) {
    complain(fittedDiagnostics(renderDiagnostics(parsed.diagnostics, [file], paletteFor(process.stderr))));
    return EXIT.mistake;
  }
  const outputs = admitted(outputsOf(flags), [path], flags.force);
  if (!outputs) return EXIT.mistake;
  const result = toBlazes(version(), file.path, parsed.topology);
  const speaks = !quiet && isStdoutFree(outputs);
  if (speaks) print(blazesToText(result, paletteFor(process.stdout)));
  const written = writeOutputs(outputs, result);
  if (speaks) printPlaces(written);
  if (written.length < outputs.length) return EXIT.mistake;
  return result.deterministic ? EXIT.ok : EXIT.counterexample;
}

function outputsOf({ json, html, dot, svg }: BlazesFlags): Output<BlazesResult>[] {
  const all = [
    { flag: '--json', label: 'JSON', path: json, text: blazesToJson },
    { flag: '--html', label: 'Page', path: html, text: blazesPage },
    { flag: '--dot', label: 'Graph', path: dot, text: blazesToDot },
    { flag: '--svg', label: 'Picture', path: svg, text: blazesToSvg },
  ];
  return all.flatMap(({ path, ...output }) => (path === undefined ? [] : [{ ...output, path }]));
}
