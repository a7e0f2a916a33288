/**
 * What `ldfi test` is to do: flags and configuration together. Flags go before the configuration.
 */
import { join, relative } from 'node:path';
import { identityOf } from '../../files/write.js';
import { inputOf } from '../../report/reporters/index.js';
import type { Shard } from '../flags.js';
import { jsonOutput, type Output, reporterOutput } from '../io/outputs.js';
import { pagesOutput } from '../io/page-outputs.js';
import type { Target } from '../io/reporter-flag.js';
import { complain } from '../io/terminal.js';
import type { LoadedConfig } from '../load/config.js';
import { makePlan, type Plan } from '../load/plan.js';
import type { SearchFlags } from './search.js';

export interface TestFlags extends SearchFlags {
  readonly json?: string;
  readonly html?: string;
  readonly config?: string;
  readonly watch?: boolean;
  readonly durations?: boolean;
  readonly reporter?: readonly Target[];
  readonly shard?: Shard;
  readonly out?: string;
  readonly durationsFrom?: string;
  readonly durationsTo?: string;
}

/** What there is to do, from flags and configuration together. */
export interface Task {
  readonly plan: Plan;
  readonly flags: TestFlags;
  readonly outputs: readonly Output[];
  /** Files of the configuration. */
  readonly settings: readonly string[];
}

/** What there is to do under a configuration. */
export type Prepare = (configured: LoadedConfig | 'none', say?: (text: string) => void) => Task;

/** @param given names of the flags that stand in the command line: those override the configuration */
export const preparation =
  (paths: readonly string[], flags: TestFlags, given: (name: string) => boolean): Prepare =>
  (configured, say = complain) => {
    const plan = makePlan(paths, configured, say);
    const { all, outputs } = outputsUnder(configured, flags, given);
    const strict = all.strict ? 'expectation' : false;
    return { plan, flags: { ...all, strict }, outputs, settings: configured === 'none' ? [] : configured.files };
  };

type OutputFlags = Pick<TestFlags, 'json' | 'html' | 'reporter' | 'force' | 'durations'>;

/** Flags with what a configuration says beside them, and the outputs that both ask for. */
export function outputsUnder<T extends OutputFlags>(
  configured: LoadedConfig | 'none',
  flags: T,
  given: (name: string) => boolean,
): { readonly all: T; readonly outputs: Output[] } {
  if (configured === 'none') return { all: flags, outputs: outputsOf(flags, undefined) };
  const { reports } = configured.config;
  const all = { ...flags, ...settingsOf(configured, given) };
  return { all, outputs: outputsOf(all, reports === undefined ? undefined : near(configured, reports)) };
}

/** Why these flags cannot stand together; undefined if they can. @param flags of the command line */
export function clashOf({ shard, json, html, reporter, watch, out, queue }: TestFlags): string | undefined {
  if (!shard && out !== undefined) return '--out is where the part of --shard goes; the result goes to --json FILE';
  if (queue !== undefined && watch) return '--watch searches what changes at once: leave out --queue';
  if (!shard) return undefined;
  if (watch) return '--watch runs all that changes: leave out --shard';
  if (json !== undefined || html !== undefined || reporter)
    return '--json, --html and --reporter are for `ldfi merge`, when all parts are there: leave them out beside --shard';
  return undefined;
}

/** @param folder where the reports of all checks are kept */
function outputsOf({ json, html, reporter = [], force, durations }: OutputFlags, folder: string | undefined): Output[] {
  const pages = (flag: string, target: string): Output => pagesOutput(flag, target, { force, timed: durations });
  const asked = [
    ...(json === undefined ? [] : [jsonOutput('--json', json)]),
    ...(html === undefined ? [] : [pages('--html', html)]),
  ];
  const kept =
    folder === undefined
      ? []
      : [jsonOutput('reports', join(folder, 'ldfi.json')), pages('reports', join(folder, 'test'))];
  // What flags and configuration both ask for is written once.
  const isAsked = ({ label, path }: Output): boolean =>
    asked.some((one) => one.label === label && identityOf(one.path) === identityOf(path));
  const reports = reporter.map((target) => reporterOutput(target, inputOf));
  return [...asked, ...kept.filter((one) => !isAsked(one)), ...reports];
}

/** What the configuration says of flags that are not given. */
function settingsOf(configured: LoadedConfig, given: (name: string) => boolean): Partial<TestFlags> {
  const { specs, reports, reporters, ...settings } = configured.config;
  const kept = Object.entries(settings).filter(([name, value]) => value !== undefined && !given(name));
  const plain = Object.fromEntries(kept);
  if (!reporters || given('reporter')) return plain;
  const targets = configured.reporters.map((it) => (it.file === '-' ? it : { ...it, file: near(configured, it.file) }));
  return { ...plain, reporter: targets };
}

/** A path of the configuration as seen from the working folder. */
const near = ({ folder }: LoadedConfig, path: string): string => relative('', join(folder, path));
