/**
 * What has changed between two frontiers, cell by cell: of those that are in both, whatever else was looked at.
 *
 * Regressions are: a cell that was tolerated and is broken, or promises nothing; a check or a frontier that is gone. A
 * cell that could not be settled this time is none: it may be for want of time.
 */
import type { Scenario } from '../../faults/fault.js';
import { formatScenario } from '../../faults/scenario.js';
import type { CellResult, FrontierResult, Frontiers, SliceResult } from '../frontier/schema.js';
import { cellInWords, isBroken, sliceInWords } from '../frontier/words.js';
import { plural } from '../words.js';
import { byName, type Change, type Difference, differenceOf } from './model.js';

export function diffOfFrontiers(old: Frontiers, now: Frontiers): Difference {
  const nameOf = ({ spec, check }: FrontierResult): string => `${spec.roots.join(' ')} ${check}`;
  const [before, after] = [byName(old.frontiers, nameOf), byName(now.frontiers, nameOf)];
  const changes: Change[] = [];
  if (old.invariant !== now.invariant) {
    const message = `the invariant was ${old.invariant} and is ${now.invariant}: verdicts do not mean the same`;
    changes.push({ subject: 'all checks', kind: 'reading', isRegression: false, message });
  }
  const compared = new Set<FrontierResult>();
  for (const [subject, one] of before) {
    const same = after.get(subject) ?? [...after].find(([name, other]) => !before.has(name) && isOf(one, other))?.[1];
    if (same) compared.add(same);
    const found = same ? changesOf(one, same) : [gone('has no frontier any more')];
    changes.push(...found.map((change) => ({ ...change, subject })));
  }
  for (const [subject, one] of after)
    if (!compared.has(one))
      changes.push({ subject, kind: 'check-gained', isRegression: false, message: 'has a frontier now' });
  return differenceOf(now.tool.version, 'frontiers', compared.size, changes);
}

/** Whether two frontiers, named by different checks, are of the same spec and have a check in common. */
const isOf = (one: FrontierResult, other: FrontierResult): boolean =>
  one.spec.roots.join(' ') === other.spec.roots.join(' ') &&
  one.checks.some(({ name }) => other.checks.some((check) => check.name === name));

type Found = Omit<Change, 'subject'>;

const gone = (message: string): Found => ({ kind: 'check-lost', isRegression: true, message });

function changesOf(old: FrontierResult, now: FrontierResult): Found[] {
  const names = new Set(now.checks.map(({ name }) => name));
  const lost = old.checks.filter(({ name }) => !names.has(name)).map(({ name }) => gone(`the check ${name} is gone`));
  return [...lost, ...movesIn(old.slices, now.slices), ...extent(old, now)];
}

/** What has moved in slices with the same end of time. */
export function movesIn(old: readonly SliceResult[], now: readonly SliceResult[]): Found[] {
  const slices = new Map(now.map((slice) => [slice.eot, slice]));
  return old.flatMap((slice) => {
    const same = slices.get(slice.eot);
    return same ? movesOf(slice, same) : [];
  });
}

/** A cell with its bounds as text, whatever the order of the axes. */
const keyed = (slice: SliceResult): Map<string, CellResult> =>
  new Map(
    slice.cells.map((cell) => [
      slice.axes
        .map(({ name }, i) => `${name} ${cell.at[i]}`)
        .sort()
        .join(', '),
      cell,
    ]),
  );

function movesOf(old: SliceResult, now: SliceResult): Found[] {
  const after = keyed(now);
  const pairs = [...keyed(old)].flatMap(([key, cell]) => {
    const same = after.get(key);
    return same && same.verdict !== cell.verdict ? [{ from: cell, to: same }] : [];
  });
  const isKept = ({ verdict }: CellResult): boolean => verdict === 'holds';
  const isOpen = ({ verdict }: CellResult): boolean => verdict === 'inconclusive';
  const worse = pairs.filter(({ from, to }) => !isOpen(from) && !isOpen(to) && !isBroken(from) && !isKept(to));
  const other = pairs.filter(({ from, to }) => isBroken(from) && !isOpen(to) && !isKept(to));
  const mended = pairs.filter(({ from, to }) => !isOpen(from) && isKept(to));
  const unsettled = pairs.filter(({ to }) => isOpen(to));
  const settled = pairs.filter(({ from }) => isOpen(from));
  const causes = distinct(
    worse.flatMap(({ to: { counterexample = -1 } }) => now.counterexamples[counterexample] ?? []),
  );
  const sentences = `${sliceInWords(old)} → ${sliceInWords(now)}`;
  const told = (kind: Change['kind'], cells: readonly { readonly to: CellResult }[], what: string): Found[] => {
    const [first] = cells;
    if (!first) return [];
    const where = `${cellInWords(now, first.to)}${cells.length > 1 ? ' and more' : ''}`;
    const message = `eot ${now.eot}: ${plural(cells.length, 'cell')} ${what} (${where}): ${sentences}`;
    return [{ kind, isRegression: false, message }];
  };
  return [
    ...told('cells-broken', worse, 'no longer tolerated').map((change) => ({
      ...change,
      isRegression: true,
      ...(causes.length > 0 && { counterexamples: causes }),
    })),
    ...told('cells-mended', mended, 'tolerated now'),
    ...told('cells-other', other, 'broken before, and now otherwise not tolerated'),
    ...told('cells-unsettled', unsettled, 'not settled any more'),
    ...told('cells-settled', settled, 'settled now'),
  ];
}

function distinct(found: readonly { readonly faults: Scenario }[]): NonNullable<Change['counterexamples']> {
  return [...new Map(found.map(({ faults }) => [formatScenario(faults), [...faults]])).values()];
}

/** What was looked at in one of the two only. */
function extent(old: FrontierResult, now: FrontierResult): Found[] {
  const cellsOf = ({ slices }: FrontierResult): Set<string> =>
    new Set(slices.flatMap((slice) => [...keyed(slice).keys()].map((key) => `eot ${slice.eot}, ${key}`)));
  const [before, after] = [cellsOf(old), cellsOf(now)];
  const lost = [...before].filter((key) => !after.has(key)).length;
  const gained = [...after].filter((key) => !before.has(key)).length;
  const change = (kind: Change['kind'], count: number, what: string): Found[] =>
    count === 0 ? [] : [{ kind, isRegression: false, message: `${plural(count, 'cell')} ${what}` }];
  return [
    ...change('cells-lost', lost, 'not looked at any more'),
    ...change('cells-gained', gained, 'looked at for the first time'),
  ];
}
