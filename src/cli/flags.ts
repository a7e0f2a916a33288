/**
 * Flags shared by the commands, parsed and validated.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Method } from '../answer/subject.js';
import { type BoundName, boundNames, boundRanges, mapBounds, usualBoundNames } from '../faults/bounds.js';
import { kinds } from '../faults/kinds.js';
import { type Groups, type ListName, listNames, mapLists, parseGroups } from '../faults/names.js';
import { selectFaults } from '../faults/selection.js';
import { boundFlag } from '../report/commands.js';
import type { Question } from '../report/meaning.js';
import { defaultRates, parseRates, type Rates } from '../risk/rates.js';
import type { BoundOverrides } from '../search/check.js';
import type { SearchOptions } from '../search/events.js';
import type { Invariant } from '../simulator/outcome.js';

/** A parser of integers from `least` to `most`. */
export const integer =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(
        most < Number.MAX_SAFE_INTEGER
          ? `It must be an integer from ${least} to ${most}.`
          : `It must be an integer, at least ${least}.`,
      );
    return value;
  };

export const FORCE_HELP = 'replace files that were not written by ldfi, too';

/** Seconds for the frontiers of one spec: all of it ends within ten. */
export const FRONTIER_SECONDS = 8;

export const MOST_JOBS = 64;
export const SPLIT_HELP = 'search each check in n parts, which --jobs works on side by side';
export const JOBS_HELP = 'how many checks are searched at once, each in a process of its own';

/** A parser of ranges like `0..3`, or of one integer. */
const range =
  (least: number, most: number) =>
  (text: string): readonly [number, number] => {
    const [, first = '', last = first] = /^(\d{1,9})(?:\.\.(\d{1,9}))?$/.exec(text) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === '' || from < least || to > most || from > to)
      throw new InvalidArgumentError(`It must be an integer or a range like ${least}..${least + 3}, up to ${most}.`);
    return [from, to];
  };

/** One of several parts of the checks. */
export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** Reads `2/8`. */
export function parseShard(text: string): Shard {
  const [, number = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (number < 1 || number > of) throw new InvalidArgumentError('It must be like 2/8, from 1/8 to 8/8.');
  return { number, of };
}

/** The value of `--report`: with a name of its own, lest `--report a.ded` replaces a spec by its report. */
export function htmlFile(text: string): string {
  if (text === '-' || text.endsWith('.html')) return text;
  throw new InvalidArgumentError('The name of a report ends in .html; without a name, put --report last.');
}

export const nodeList = (text: string): string[] => {
  const nodes = text.split(',').map((name) => name.trim());
  if (nodes.some((name) => name === '')) throw new InvalidArgumentError('It must be a list like a,b,c.');
  if (new Set(nodes).size < nodes.length) throw new InvalidArgumentError('A node is named twice.');
  return nodes;
};

/** Names of relations. */
export function nameList(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('It must be a list like log,receipt.');
  return names;
}

/** A parser whose errors are complaints about the command line. */
const complaining =
  <T>(parse: (text: string) => T) =>
  (text: string): T => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? `${error.message}.` : '');
    }
  };

const faultList = complaining((text) => {
  selectFaults(text);
  return text;
});

function groupList(text: string): Groups {
  const parsed = parseGroups(text);
  if ('groups' in parsed) return parsed.groups;
  throw new InvalidArgumentError(`${parsed.problem}.`);
}

export const ratesFlag = (command: Command): Command =>
  command.option(
    '--rates <rates>',
    `how probable one fault of a kind is (default: ${Object.entries(defaultRates())
      .map(([kind, rate]) => `${kind}=${rate}`)
      .join(',')})`,
    complaining(parseRates),
  );

export interface BoundFlags extends Partial<Readonly<Record<BoundName, number> & Record<ListName, string[]>>> {
  readonly faults?: string;
  readonly granularity?: 'slot' | 'message';
  readonly groups?: Groups;
  readonly cost?: Record<string, number>;
  readonly nodes?: string[];
}

function costList(text: string): Record<string, number> {
  const costs = text.split(',').map((item) => item.trim().split('='));
  const known = kinds().map(({ kind }) => kind as string);
  if (
    costs.some(
      ([kind = '', cost = '', more]) => !known.includes(kind) || !/^[1-9]\d?$/.test(cost) || more !== undefined,
    )
  )
    throw new InvalidArgumentError(`It must be a list like partition=2,delay=1; the kinds are ${known.join(', ')}.`);
  return Object.fromEntries(costs.map(([kind = '', cost]) => [kind, Number(cost)]));
}

/** Messages of a slot that have fates of their own, with `--granularity message`. */
const OWN_FATES = 4;

/** @param isRange whether a bound that is an integer may be given as a range */
export function boundFlags(command: Command, isRange: (name: BoundName) => boolean = () => false): Command {
  const add = (names: readonly BoundName[]): void => {
    for (const name of names) {
      const { value, help, least, most } = boundRanges()[name];
      const parse: (text: string) => unknown = (isRange(name) ? range : integer)(least, most);
      command.option(`${boundFlag(name)} <${value}${isRange(name) ? '|range' : ''}>`, help, parse);
    }
  };
  add(usualBoundNames());
  command
    .option(
      '--faults <kinds>',
      'the kinds of faults, as in omission,crash,delay:2 (default: omission,crash)',
      faultList,
    )
    .addOption(
      new Option('--granularity <of>', 'whose fate messages share: that of their slot, or each has its own').choices([
        'slot',
        'message',
      ]),
    )
    .option('--cost <kind=n,…>', 'what faults of a kind cost, as in partition=2 (default: 1 each)', costList)
    .option(
      '--groups <a=b c,…>',
      'groups of nodes, as in "west = a b, east = c d": partitions are between them',
      groupList,
    )
    .option('--nodes <a,b,c>', 'the nodes (default: all locations of the facts)', nodeList);
  add(boundNames().filter((name) => !usualBoundNames().includes(name)));
  for (const name of listNames())
    if (name === 'reliable') command.option('--reliable <a,b>c>', 'nodes and links that never fail', nodeList);
    else if (name === 'symmetric') command.option('--symmetric <a,b>', 'nodes that are alike', nodeList);
    else command.option(`--${name} <a,b>`, `the only nodes that are ${name} (default: all)`, nodeList);
  return command;
}

export const boundOverrides = (flags: BoundFlags): BoundOverrides => ({
  ...mapBounds((name) => flags[name]),
  ...(flags.granularity && { perMessage: flags.granularity === 'message' ? OWN_FATES : 0 }),
  faults: flags.faults,
  ...mapLists((name) => flags[name]),
  groups: flags.groups,
  costs: flags.cost,
  nodes: flags.nodes,
});

export interface MethodFlags {
  readonly strategy: 'lineage' | 'random' | 'exhaustive';
  readonly lineage: 'auto' | 'total' | 'run';
  readonly invariant: Invariant;
  readonly first?: boolean;
  readonly seed: number;
  readonly maxFaults?: number;
  readonly maxExecutions?: number;
  readonly rank?: boolean;
  readonly rates?: Rates;
  readonly timeout?: number;
  /** Warnings make a check fail; what it is asked, where that is not whether its promise is kept. */
  readonly strict?: boolean | Question;
}

/** How to look at a spec: `--lineage` and `--invariant`. */
export const readingFlags = (command: Command): Command =>
  command
    .addOption(
      new Option('--lineage <mode>', 'lineage of the whole ground program, or run by run')
        .choices(['auto', 'total', 'run'])
        .default('auto'),
    )
    .addOption(
      new Option('--invariant <reading>', 'what counts as broken; see docs/dedalus.md')
        .choices(['strict', 'reference'])
        .default('strict'),
    );

export function methodFlags(command: Command): Command {
  return readingFlags(ratesFlag(command))
    .option('--rank', 'counterexamples by probability, the most probable first; --rates asks for it, too')
    .addOption(
      new Option('--strategy <name>', 'how to search').choices(['lineage', 'random', 'exhaustive']).default('lineage'),
    )
    .option('--first', 'stop at the first counterexample')
    .option('--seed <n>', 'seed of the random strategy', integer(0, 2 ** 32 - 1), 1)
    .option('--max-faults <n>', 'most faults per scenario (strategies random and exhaustive)', integer(0))
    .option('--max-executions <n>', 'stop after this many executions', integer(1))
    .option('--strict', 'let every warning beside a verdict make the check fail (exit code 4)')
    .option('--timeout <seconds>', 'stop after this many seconds', integer(1, 1_000_000));
}

/** The method that the flags ask for. */
export function method(flags: MethodFlags, signal: AbortSignal): Method {
  const { strategy, lineage, invariant, first, seed, maxFaults, maxExecutions, rank, rates } = flags;
  const strict = flags.strict === true ? 'promise' : flags.strict;
  const search: SearchOptions = {
    strategy,
    seed,
    signal,
    ...(first && { first }),
    ...(maxFaults !== undefined && { maxFaults }),
    ...(maxExecutions !== undefined && { maxExecutions }),
  };
  const ranking = rates || rank ? { ...defaultRates(), ...rates } : undefined;
  return { search, lineage, invariant, ...(ranking && { rates: ranking }), ...(strict && { strict }) };
}
