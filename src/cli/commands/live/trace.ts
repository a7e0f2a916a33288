/**
 * `ldfi live trace FILE…` and `ldfi live init TRACE`: what experiments could do, from traces alone.
 */
import { visible } from '../../../core/text.js';
import { unexplained } from '../../../experiments/closing.js';
import { smallestHypotheses } from '../../../experiments/hypotheses.js';
import { Knowledge } from '../../../experiments/knowledge.js';
import { type HttpFaultKind, USUAL_KINDS } from '../../../live/http/faults.js';
import { faultInWords, plural } from '../../../live/report/words.js';
import { experimentOf, requestOf, spansOf, type TracedRequest } from '../../../live/trace/calls.js';
import { draftOf } from '../../../live/trace/draft.js';
import { EXIT, type ExitCode } from '../../../report/meaning.js';
import { readText, shown } from '../../io/files.js';
import { complain, paletteFor, print } from '../../io/terminal.js';

/** Hypotheses that are shown. */
const SHOWN = 10;

export async function trace(paths: readonly string[], flags: { kinds?: readonly HttpFaultKind[] }): Promise<ExitCode> {
  const requests = paths.map(read);
  for (const request of requests) if (request) await tell(request, flags.kinds ?? USUAL_KINDS);
  return requests.every((request) => request !== undefined) ? EXIT.ok : EXIT.mistake;
}

export function init(path: string): ExitCode {
  const request = read(path);
  if (!request) return EXIT.mistake;
  print(draftOf(request));
  return EXIT.ok;
}

function read(path: string): TracedRequest | undefined {
  const file = readText(path);
  const spans = file.ok ? spansOf(file.text) : undefined;
  const request = spans && requestOf(spans);
  if (request && request.calls.length > 0) return request;
  const why = !file.ok
    ? file.reason
    : spans
      ? 'there is no call by HTTP in it'
      : 'it is a trace neither of OTLP, nor of Jaeger, nor of Zipkin, as JSON';
  complain(`error: ${visible(shown(path))}: ${why}\n`);
  return undefined;
}

async function tell(request: TracedRequest, kinds: readonly HttpFaultKind[]): Promise<void> {
  const { bold, dim } = paletteFor(process.stdout);
  const { edge, calls, others } = request;
  const knowledge = new Knowledge();
  knowledge.learn(experimentOf(request, kinds));
  if (edge) print(`${bold('Request')}  ${visible(`${edge.service} ${edge.method} ${edge.target}`)}\n`);
  print(`${bold('Calls that it rests on')}\n`);
  for (const { id } of calls) print(`  ${visible(id)}\n`);
  if (others > 0)
    print(dim(`  and ${plural(others, 'call')} to databases, queues or the like, which stay as they are\n`));
  const singles = unexplained(knowledge, 1);
  print(
    `${bold('Faults')}  ${singles.length} single ones (${kinds.join(', ')}), 2^${calls.length} sets of failing calls\n`,
  );
  const first = await smallestHypotheses(knowledge, { most: SHOWN, maxFaults: 3, avoided: [] });
  print(`${bold('Tried first')}\n`);
  for (const set of first) print(`  ${visible(set.map((fault) => faultInWords(fault)).join('; '))}\n`);
}
