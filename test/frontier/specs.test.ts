/**
 * Frontiers of the specs of the repository: the cell of each check has the verdict that the check expects, all cells are
 * settled, and what is said of a cell is what a search within its bounds says.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileReader } from '../../src/cli/io/file-reader.js';
import { loadProgram } from '../../src/dedalus/load.js';
import { firstGiven, makeBounds } from '../../src/faults/bounds.js';
import type { Bounds } from '../../src/faults/fault.js';
import { type Family, familiesOf, placeOf } from '../../src/frontier/axes.js';
import { endless, frontier } from '../../src/frontier/frontier.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import type { System } from '../../src/lineage/port.js';
import { isProtocol } from '../../src/protocol/define.js';
import { isSystem } from '../../src/protocol/system/define.js';
import { type Check, resolveChecks } from '../../src/search/check.js';
import { systemOf } from '../../src/testing/check.js';
import { firstOf } from '../size.js';
import { searched } from './support.js';

const named = (folder: string, end: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name))
    .sort();

/** Every so many, so that small sizes see different ones. */
const spread = (paths: readonly string[]): string[] =>
  firstOf(
    [...paths.keys()].sort((a, b) => (a % 7) - (b % 7) || a - b).map((i) => paths[i] as string),
    6,
  );

/** The ends of time of the checks alone. */
async function compare(checks: readonly Check[], open: (bounds: Bounds) => System): Promise<void> {
  for (const all of familiesOf(checks, {})) {
    const own = new Set(all.checks.map(({ bounds }) => bounds.eot));
    const family: Family = { ...all, eots: all.eots.filter((eot) => own.has(eot)) };
    const slices = await frontier(family, open, endless(new AbortController().signal));
    for (const { name, bounds, expect: expected } of family.checks) {
      const slice = slices.find(({ eot }) => eot === bounds.eot);
      const at = slice && JSON.stringify(placeOf(bounds, slice.axes));
      const cell = slice?.cells.find((one) => JSON.stringify(one.at) === at);
      expect([name, cell?.verdict]).toEqual([name, expected]);
      expect(slice?.cells.filter(({ verdict }) => verdict === 'inconclusive')).toEqual([]);
      const said = await searched(open(bounds));
      const faults = slice?.counterexamples[cell?.counterexample ?? -1]?.faults;
      expect([name, cell?.verdict, faults?.length]).toEqual([name, said.verdict, said.smallest]);
    }
  }
}

describe('each check is as expected', () => {
  test.each(spread(named('specs', '.ded')))(
    '%s',
    async (path) => {
      const { program } = loadProgram([path], fileReader);
      if (!program) throw new Error(`${path} does not load`);
      await compare(resolveChecks(program), (bounds) => new DedalusSystem(program, bounds));
    },
    300_000,
  );

  test.each(spread(named('specs/typescript', '.ts')))(
    '%s',
    async (path) => {
      const found = Object.values((await import(join('../..', path))) as object);
      const protocols = [...new Set(found)].filter((it) => isProtocol(it) || isSystem(it));
      expect(protocols.length).toBeGreaterThan(0);
      for (const protocol of protocols) {
        const checks = protocol.checks.map(({ name, expect: expected, ...given }, i): Check => {
          const bounds = makeBounds({ ...firstGiven(given), nodes: protocol.nodes });
          return { name: name ?? `check-${i + 1}`, bounds, expect: expected };
        });
        await compare(checks, (bounds) => systemOf(protocol, bounds));
      }
    },
    300_000,
  );
});
