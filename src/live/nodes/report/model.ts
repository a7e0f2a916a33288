/**
 * The result of `ldfi nodes` as its page shows it.
 */
import { commandLine } from '../../../core/shell.js';
import { EXIT } from '../../../report/meaning.js';
import { plural } from '../../../report/words.js';
import type { Found, PageModel } from '../../page/model.js';
import { effectOf } from '../faults.js';
import { aroundFaults, injectCommand, searchCommand } from './command.js';
import { pictureOf } from './picture.js';
import type { NodesCounterexample, NodesResult, RunResult } from './schema.js';
import { storyOf } from './story.js';
import { notesOf, reproduced, VERDICTS } from './text.js';

export function modelOfNodes(result: NodesResult): PageModel {
  const { verdict, workload, baseline, counterexamples, bounds, recorded, exact, monotone, command } = result;
  const { title, exit } = VERDICTS[verdict];
  const { nodes, faults, eff, eot, tickMs, maxFaults } = bounds;
  const ids = recorded?.calls.map(({ id }) => id) ?? [];
  const names = namesOf(result);
  return {
    about: `nodes · ${workload}`,
    mark: exit === EXIT.ok ? 'good' : exit === EXIT.counterexample ? 'bad' : 'warn',
    verdict: title.replace(/^\S+ /, ''),
    meaning: meaningOf(result),
    exit,
    terms: [
      ['Promise', result.promise],
      ['Program', commandLine(command)],
      ['Nodes', nodes.join(', ')],
      ['Faults', `up to ${maxFaults} of ${faults.join(', ')}, at messages sent before tick ${eff}`],
      ['Time', `kept by tick ${eot}; a tick is ${tickMs} ms`],
      ['Experiments', String(result.experiments)],
    ],
    found: counterexamples.map((found) => foundOf(result, found)),
    usual:
      counterexamples.length === 0 && baseline
        ? { kind: 'nodes', nodes: pictureOf(undefined, baseline, nodes) }
        : undefined,
    doubts: [...(verdict === 'broken' ? result.broken : []), ...result.reasons],
    rests: restsOf(result),
    silent: silentOf(result),
    recorded,
    sizes: Math.max(
      ...[1, exact, monotone ?? 0, verdict === 'stopped' ? maxFaults : 0],
      ...counterexamples.map((one) => one.faults.length),
    ),
    ways: 'all',
    names: Object.fromEntries(ids.map((id) => [id, names.get(id) ?? nameByFirst(id, names)])),
    kinds: Object.fromEntries(
      [...new Set(recorded?.calls.flatMap(({ kinds }) => kinds))].map((kind) => [kind, kindWords(kind)]),
    ),
    unit: 'message',
    trying: { ...aroundFaults(result), middle: 'faults' },
    command: searchCommand(result),
  };
}

/** What a fault does to a message between two nodes whose names do not matter. */
const kindWords = (kind: string): string =>
  effectOf(kind).words({ from: 'its sender', to: 'its addressee' }).replace(/^: /, '');

/** `n0 → n1 tell { message: 1 }`, by the name of the message. */
function namesOf({ baseline, counterexamples }: NodesResult): Map<string, string> {
  const names = new Map<string, string>();
  const runs = [...(baseline ? [baseline] : []), ...counterexamples.map(({ run }) => run)] as RunResult[];
  for (const { id, from, to, type, says } of runs.flatMap(({ messages }) => messages)) {
    const nth = / #(\d+)$/.exec(id)?.[1] ?? '1';
    const words = id.endsWith(' *') ? `${type}, all of them` : `${type} ${says}`.trimEnd();
    if (!names.has(id)) names.set(id, `${from} → ${to} ${words}${nth === '1' ? '' : ` (no. ${nth})`}`);
  }
  return names;
}

/** Of a message that no run shows: the name of the first of its like, with its number. */
function nameByFirst(id: string, names: ReadonlyMap<string, string>): string {
  const [, base, number] = /^(.*) #(\d+)$/.exec(id) ?? [];
  const first = names.get(`${base} #1`);
  return first === undefined ? id : `${first} (no. ${number})`;
}

const foundOf = (result: NodesResult, found: NodesCounterexample): Found => ({
  faults: found.faults.map(({ call, kind }) => ({ call, kind })),
  words: found.faults.map(({ words }) => words),
  why: found.why,
  reproduced: `${reproduced(found)}${found.minimal ? '' : ', perhaps not minimal'}`,
  story: storyOf(result.baseline, found),
  also: [],
  picture: { kind: 'nodes', nodes: pictureOf(result.baseline, found.run, result.bounds.nodes) },
  command: injectCommand(result, found.faults),
});

function meaningOf({ verdict, counterexamples, exact, monotone, bounds, promise }: NodesResult): string {
  switch (verdict) {
    case 'counterexamples':
      return counterexamples.length === 1
        ? 'One smallest set of faults breaks the promise.'
        : `${plural(counterexamples.length, 'smallest set')} of faults break the promise.`;
    case 'exact':
      return `Whatever ${plural(exact, 'fault')} do${exact === 1 ? 'es' : ''}: ${promise}.`;
    case 'monotone':
      return `No set of up to ${plural(monotone ?? exact, 'fault')} cuts every way of succeeding that was seen. Not all sets were tried.`;
    case 'kept':
      return 'The promise was kept with the faults that were injected, five times of five.';
    case 'unreliable':
      return 'Experiments do not agree, or a fault did not happen: no verdict can be trusted.';
    case 'broken':
      return 'The promise is broken before there is any fault.';
    case 'vacuous':
      return `There was no message at which ${bounds.faults.join(', ')} could be injected: nothing was tested.`;
    default:
      return 'It ended before all was tried. No counterexample so far.';
  }
}

function restsOf(result: NodesResult): string[] {
  const { exact, monotone, injected, injectable } = result;
  return [
    ...(injected ? [`No search was made. These faults were injected: ${injected.join('; ')}.`] : []),
    ...(exact > 0
      ? [`Each set of up to ${plural(exact, 'fault')} was tried, or an experiment shows what it would do.`]
      : []),
    ...(monotone !== undefined && monotone > exact
      ? [
          `Up to ${plural(monotone, 'fault')} no ${result.counterexamples.length > 0 ? 'further ' : ''}set cuts every way of succeeding that was seen. That takes for granted that no fault hides a message which another one would have hit.`,
        ]
      : []),
    `${plural(injectable, 'message')} of the first experiment can meet a fault.`,
    ...notesOf(result).filter((note) => !result.reasons.includes(note)),
  ];
}

/** What a reader might take the verdict to say, and it does not. */
function silentOf({ bounds, exact, monotone, verdict, workload, injected }: NodesResult): string[] {
  const { eff, nodes } = bounds;
  const isGreen = verdict === 'exact' || verdict === 'monotone';
  return [
    ...(isGreen ? [`More than ${plural(Math.max(exact, monotone ?? 0), 'fault')} at once.`] : []),
    ...(injected ? ['Any other faults: these were chosen by hand.'] : []),
    `Faults of other kinds than ${bounds.faults.join(', ')}, and faults at messages sent at tick ${eff} or later.`,
    `Other requests than those that ${workload} plans, or another number of nodes than ${nodes.length}.`,
    'Timing that did not occur in these experiments: programs are real, and another machine may be slower.',
  ];
}
