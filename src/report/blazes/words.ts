/**
 * The labels of a topology in words: what the terminal and the page say alike.
 */
import { isDeterministic, labelInWords } from '../../blazes/labels.js';
import { listInWords, plural } from '../words.js';
import type { BlazesResult } from './schema.js';

type Label = BlazesResult['streams'][number]['label'];
type Outlet = BlazesResult['outlets'][number];
type Step = Outlet['steps'][number];
type Coordination = BlazesResult['plan'][number];

const MEANING: Readonly<Record<Label['kind'], string>> = {
  Seal: 'deterministic; says of each key when no more comes',
  Async: 'deterministic, whatever order messages come in',
  Run: 'may differ from run to run',
  Inst: 'may differ from replica to replica',
  Diverge: 'replicas may stay different for ever',
};

export const meaningOf = ({ kind }: Label): string => MEANING[kind];

/** `specs/blazes/wordcount.yaml: streaming word count`. */
export const blazesTitle = ({ file, name }: BlazesResult): string => (name === undefined ? file : `${file}: ${name}`);

export function verdictInWords({ outlets, deterministic }: BlazesResult): string {
  if (deterministic) return 'Everything that comes out is deterministic, whatever order messages come in.';
  const bad = outlets.filter(({ label }) => !isDeterministic(label)).length;
  return `${plural(bad, 'output')} of ${outlets.length} may depend on the order in which messages come.`;
}

/** Why an interface has its label: a line for each stream on each path, and what the worst of them is. */
export function whyLines(outlet: Outlet): string[] {
  const { steps, label } = outlet;
  const lines = steps.map((step) => stepInWords(outlet, step));
  return steps.length > 1 ? [...lines, `the worst of these: ${labelInWords(label)}`] : lines;
}

function stepInWords({ component, replicated }: Outlet, step: Step): string {
  const { stream, input, annotation, gate, derived, label } = step;
  const path = annotation.startsWith('O') ? `${annotation}(${gate?.join(', ') ?? '*'})` : annotation;
  const head = `${stream}: ${labelInWords(input)} through ${path}`;
  const after = labelInWords(label);
  if (derived === 'Taint') {
    const whose = replicated ? `${component} is replicated` : `${component} is not replicated`;
    return `${head} is Taint: ${taintReason(step)}; ${whose}, so ${after}`;
  }
  if (derived === 'label') return label.kind === input.kind ? `${head} stays ${after}` : `${head} is ${after}: ${FITS}`;
  if (step.protected) return `${head} is NDRead, but protected: all that it reads is sealed by what fits; so ${after}`;
  const whose = replicated ? 'each replica may answer otherwise' : 'each run may answer otherwise';
  return `${head} is NDRead: the answer depends on what was written before; ${whose}, so ${after}`;
}

const FITS = 'the seal fits the gate';

function taintReason({ annotation, input, gate }: Step): string {
  if (annotation === 'CW') return 'what replicas answered differently is stored';
  if (input.kind !== 'Seal') return 'what is stored depends on the order';
  return `the seal does not fit the gate, ${gate ? 'which it does not determine' : 'which is not known'}`;
}

/** Where to coordinate, and how. */
export function coordinationInWords({ component, strategy, streams, sealable, gate }: Coordination): string {
  const what = listInWords(streams);
  if (strategy === 'seal')
    return `${component}: wait for the seals of ${what} before a partition by ${gate.join(', ')}`;
  const seal =
    sealable.length > 0
      ? `; or seal ${listInWords(sealable)} by ${gate.length > 1 ? 'some of ' : ''}${gate.join(', ')}`
      : '';
  return `${component}: put ${what} in one order, the same everywhere and in each run${seal}`;
}
