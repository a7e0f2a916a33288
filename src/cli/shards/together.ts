/**
 * Parts of `ldfi test --shard`, put together: each there once, all of one whole. What is missing, doubled or foreign is
 * named, for a check that was left out would look as if it had passed.
 */
import type { Answer } from '../../report/answer.js';
import { readText, shown } from '../io/files.js';
import { type Part, type PartOfCheck, partFromJson } from './part.js';

/** A check of the whole, as some part has answered it. */
export interface Answered {
  readonly label: string;
  readonly next: string;
  /** Milliseconds. */
  readonly took: number;
  readonly answer: Answer;
}

export interface Whole {
  /** One of the parts: all say the same of the whole. */
  readonly part: Part;
  /** All checks, in their order; none where they were searched in parts. */
  readonly rows: readonly Answered[];
  /** By check, all of its parts. */
  readonly parts: readonly (readonly PartOfCheck[])[];
  /** Why some checks may not have been searched to their end. */
  readonly stopped: Part['stopped'];
}

interface Named {
  readonly path: string;
  readonly part: Part;
}

/** Most names that a problem lists. */
const MOST = 5;

/** @param paths of the parts, in any order */
export function together(paths: readonly string[]): Whole | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const parts = paths.flatMap((path): Named[] => {
    const read = readText(path);
    const parsed = read.ok ? partFromJson(read.text) : { problem: read.reason };
    if ('part' in parsed) return [{ path: shown(path), part: parsed.part }];
    problems.push(`cannot merge ${shown(path)}: ${parsed.problem}`);
    return [];
  });
  const [first, ...others] = parts;
  if (!first || problems.length > 0) return { problems };
  problems.push(...others.flatMap((other) => differences(first, other)));
  if (problems.length === 0) problems.push(...wrongNumbers(parts, first.part.shard.of));
  const { checks, split } = first.part.whole;
  if (problems.length === 0) problems.push(...wrongChecks(parts, checks, split));
  if (problems.length > 0) return { problems };
  const rows: Answered[] = [];
  const labels = first.part.whole.checks;
  for (const { part } of parts)
    for (const { index, ...answered } of part.answers) rows[index] = { ...answered, label: labels[index] as string };
  const stops = parts.map(({ part }) => part.stopped);
  const pieces = labels.map((_, index) =>
    parts
      .flatMap(({ part }) => part.parts ?? [])
      .filter((one) => one.index === index)
      .sort((a, b) => a.cube.number - b.cube.number),
  );
  return {
    part: first.part,
    rows,
    parts: split ? pieces : [],
    stopped: stops.find((it) => it === 'interrupt') ?? stops.find((it) => it),
  };
}

/** Why two parts are not of one whole. */
function differences(one: Named, other: Named): string[] {
  const [a, b] = [one.part, other.part];
  const pair = `${other.path} does not belong to ${one.path}:`;
  const differ = (x: unknown, y: unknown): boolean => JSON.stringify(x) !== JSON.stringify(y);
  if (a.tool.version !== b.tool.version)
    return [`${pair} it is of ldfi ${b.tool.version}, the other one of ${a.tool.version}`];
  const found = [
    ...(a.shard.of === b.shard.of ? [] : [`it is one of ${b.shard.of} shards, the other one of ${a.shard.of}`]),
    ...(differ([a.whole.specs, a.files], [b.whole.specs, b.files]) ? ['the specs are others'] : []),
    ...(differ(a.whole.checks, b.whole.checks) || differ([a.whole.broken, a.unread], [b.whole.broken, b.unread])
      ? ['the checks are others']
      : []),
    ...(a.whole.bounds === b.whole.bounds ? [] : ['the bounds or the expected verdicts of checks are others']),
    ...(a.whole.split === b.whole.split ? [] : ['the checks are not split alike (--split)']),
    ...(a.whole.flags === b.whole.flags && !differ(a.head, b.head) ? [] : ['the flags of the search are others']),
  ];
  return found.length === 0 ? [] : [`${pair} ${found.join('; ')}`];
}

function wrongNumbers(parts: readonly Named[], of: number): string[] {
  const numbers = Array.from({ length: of }, (_, i) => i + 1);
  const byNumber = numbers.map((number) => parts.filter(({ part }) => part.shard.number === number));
  const missing = numbers.filter((number) => byNumber[number - 1]?.length === 0);
  const strange = parts.filter(({ part }) => part.shard.number > of);
  return [
    ...(missing.length === 0 ? [] : [`missing: ${listed(missing.map((number) => `shard ${number}/${of}`))}`]),
    ...byNumber.flatMap((same, i) =>
      same.length < 2 ? [] : [`shard ${i + 1}/${of} is there twice: ${listed(same.map(({ path }) => path))}`],
    ),
    ...strange.map(({ path, part }) => `${path}: there is no shard ${part.shard.number}/${of}`),
  ];
}

/** Shards that were cut by other durations do not fit together. */
function wrongChecks(parts: readonly Named[], checks: readonly string[], split = 1): string[] {
  const numbers = Array.from({ length: split }, (_, i) => i + 1);
  const nameOf = (label: string, number: number): string => (split === 1 ? label : `${label}, part ${number}`);
  const labels = checks.flatMap((label) => numbers.map((number) => nameOf(label, number)));
  const holders = new Map(labels.map((label) => [label, 0]));
  const problems: string[] = [];
  for (const { path, part } of parts) {
    const answered = part.answers.map(({ index, answer }) => ({ index, name: answer.check.name, number: 1, of: 1 }));
    const pieces = (part.parts ?? []).map(({ index, check: { name }, cube }) => ({ index, name, ...cube }));
    for (const { index, name, number, of } of [...answered, ...pieces]) {
      const label = nameOf(checks[index] ?? '', number);
      const held = holders.get(label);
      if (held === undefined || of !== split || !checks[index]?.endsWith(name))
        problems.push(`${path}: its answers are not to its checks`);
      else holders.set(label, held + 1);
    }
  }
  const missing = labels.filter((label) => holders.get(label) === 0);
  const doubled = labels.filter((label) => (holders.get(label) ?? 0) > 1);
  const advice = 'cut all shards by the same --durations-from';
  return [
    ...new Set(problems),
    ...(missing.length === 0 ? [] : [`in no shard: ${listed(missing)}; ${advice}`]),
    ...(doubled.length === 0 ? [] : [`in more than one shard: ${listed(doubled)}; ${advice}`]),
  ];
}

function listed(items: readonly string[]): string {
  const more = items.length > MOST ? [`${items.length - MOST} more`] : [];
  return [...items.slice(0, MOST), ...more].join(', ');
}
