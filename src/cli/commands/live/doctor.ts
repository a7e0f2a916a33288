/**
 * `ldfi live doctor -c FILE`: whether experiments on these services can be trusted, and what to do if not.
 */
import { visible } from '../../../core/text.js';
import type { LiveConfig } from '../../../live/http/config.js';
import type { HttpExperiment, HttpSystem } from '../../../live/http/system.js';
import { faultInWords } from '../../../live/report/words.js';
import { EXIT, type ExitCode } from '../../../report/meaning.js';
import { underInterrupt } from '../../io/interrupt.js';
import { paletteFor, print } from '../../io/terminal.js';
import { loadConfig, type SystemFlags, withSystem } from './load.js';

const BASELINES = 5;

export interface DoctorFlags extends SystemFlags {
  readonly timeout?: number;
}

/** One thing that was looked at. */
interface Finding {
  /** 'note': nothing is wrong, and yet it may be good to know. */
  readonly good: boolean | 'note';
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string;
}

export const doctor = (flags: DoctorFlags): Promise<ExitCode> =>
  underInterrupt(
    flags.timeout,
    async ({ signal }) => {
      const config = loadConfig(flags)?.config;
      const code = config && (await withSystem(config, flags, (system) => examine(system, config, signal)));
      return code ?? EXIT.mistake;
    },
    () => EXIT.inconclusive,
  );

async function examine(system: HttpSystem, config: LiveConfig, signal: AbortSignal): Promise<ExitCode> {
  const { green, yellow, bold, dim } = paletteFor(process.stdout);
  let isWell = true;
  const say = (findings: readonly Finding[]): void => {
    for (const { good, text, advice } of findings) {
      isWell &&= good !== false;
      print(`${good === 'note' ? '·' : good ? green('✓') : yellow('!')} ${visible(text)}\n`);
      if (good !== true && advice !== undefined) print(`  ${visible(advice)}\n`);
    }
  };
  await system.rehearse(signal);
  const runs: HttpExperiment[] = [];
  for (let i = 0; i < BASELINES; i++) runs.push(await system.run([], signal));
  say([...answers(runs), ...calls(runs, config), ...names(runs, system)]);
  say(strangers(runs, system));
  say(await canary(runs, system, signal));
  print(`\n${bold('Calls without faults')}\n`);
  for (const { id } of runs[0]?.calls ?? []) print(`  ${visible(id)}\n`);
  const median = [...runs].sort((a, b) => a.answer.ms - b.answer.ms)[2]?.answer.ms ?? 0;
  print(dim(`  the answer takes ${Math.round(median)} ms\n`));
  print(isWell ? `\n${green('✓ ready for `ldfi live run`')}\n` : `\n${yellow('! not ready yet')}\n`);
  return isWell ? EXIT.ok : EXIT.inconclusive;
}

function answers(runs: readonly HttpExperiment[]): Finding[] {
  const bad = runs.filter(({ outcome }) => outcome.kind === 'bad');
  const [first] = bad;
  if (!first)
    return [{ good: true, text: `the promise holds in ${runs.length} of ${runs.length} requests without faults` }];
  const { answer, outcome } = first;
  const why = outcome.kind === 'bad' ? outcome.why.join('; ') : '';
  return [
    {
      good: false,
      text: `the promise is broken in ${bad.length} of ${runs.length} requests without faults: ${why}`,
      advice: `The answer was ${answer.error ?? `${answer.status} ${answer.body.slice(0, 200)}`}. Is the service up, and the promise what you mean?`,
    },
  ];
}

function calls(runs: readonly HttpExperiment[], config: LiveConfig): Finding[] {
  const called = new Set(runs.flatMap(({ log }) => log.map(({ service }) => service)));
  const services = Object.entries(config.services).map(([name, { port, env }]): Finding => {
    const variable = (env ?? [variableOf(name)]).join(', ');
    return called.has(name)
      ? { good: true, text: `${name} is called through its proxy` }
      : {
          good: called.size > 0 ? 'note' : false,
          text: `${name} is not called through its proxy`,
          advice: `Whoever calls it must do so at http://${config.listen}:${port} (${variable}): see \`ldfi live env\`. If this request does not need it, all is well.`,
        };
  });
  const databases = Object.entries(config.databases).map(([name, { library, address }]): Finding => {
    if (called.has(name)) return { good: true, text: `queries of ${name} are seen` };
    return {
      good: 'note',
      text: `no query of ${name} is seen`,
      advice: `Node services that use it need LDFI_DESK (see \`ldfi live env\`) and \`--import ldfi/preload\`, and must know it as ${address} through ${library}. If this request does not need it, all is well.`,
    };
  });
  return [...services, ...databases];
}

export const variableOf = (service: string): string => `${service.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_URL`;

function names(runs: readonly HttpExperiment[], system: HttpSystem): Finding[] {
  const sets = runs.map(({ calls }) => new Set(calls.map(({ id }) => id)));
  const all = [...new Set(sets.flatMap((set) => [...set]))];
  const shaky = all.filter((id) => !sets.every((set) => set.has(id)));
  const imprecise = [...system.precisions].filter(([, precision]) => precision === 'none');
  return [
    shaky.length === 0
      ? { good: true, text: `the same ${all.length} calls in every request` }
      : {
          good: false,
          text: `not in every request: ${shaky.join(', ')}`,
          advice: 'A cache, a timer or a state that is kept? Give a reset, or mask the route under identity.',
        },
    ...imprecise.map(([route]) => ({
      good: true,
      text: `${route} differs each time, so its calls are told by their order`,
    })),
    ...system.alike.map((name) => ({
      good: true,
      text: `${name}: calls at once that cannot be told apart are one fault`,
    })),
  ];
}

function strangers(runs: readonly HttpExperiment[], system: HttpSystem): Finding[] {
  const problems = [...new Set([...runs.flatMap(({ problems }) => problems), ...system.doubts()])];
  if (problems.length === 0) return [{ good: true, text: 'every call says which request it belongs to' }];
  return problems.map((text) => ({
    good: false,
    text,
    advice: 'Pass traceparent, tracestate and baggage on with every call, or use --exclusive if nobody else calls.',
  }));
}

/** One fault that must be seen to happen. */
async function canary(runs: readonly HttpExperiment[], system: HttpSystem, signal: AbortSignal): Promise<Finding[]> {
  const call = runs[0]?.calls.find(({ kinds }) => kinds.length > 0);
  const kind = call?.kinds[0];
  if (!call || kind === undefined)
    return [{ good: false, text: 'there is no call at which a fault could be injected' }];
  const fault = { call: call.id, kind };
  const { fired } = await system.run([fault], signal);
  return fired.length === 1
    ? [{ good: true, text: `a fault that was planned happened (${faultInWords(fault)})` }]
    : [
        {
          good: false,
          text: `a fault that was planned did not happen (${faultInWords(fault)})`,
          advice: 'The call was not made again: is something cached?',
        },
      ];
}
