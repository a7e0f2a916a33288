/**
 * The page of the levels of consistency: which key-value store keeps which promise, as searches say. Each store of
 * `specs/kvs` is put under each promise, within the bounds in which the level of that promise keeps it.
 */
import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { verdictOf } from '../../src/answer/verdict.js';
import { analyse } from '../../src/calm/calm.js';
import { loadProgram } from '../../src/dedalus/load.js';
import type { Program } from '../../src/dedalus/program.js';
import { memoryReader } from '../../src/dedalus/reader.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { type Check, resolveChecks } from '../../src/search/check.js';
import type { Verdict } from '../../src/search/verdict.js';
import { paragraph } from './markdown.js';
import { programAt, ROOT } from './specs.js';

/** Where the page is, in the repository. */
export const LEVELS_PAGE = 'docs/gallery/levels.md';

/** What a level promises, in a few words, and the spec that says so. */
interface Promised {
  readonly words: string;
  /** Its first include is the promise, its first check the bounds. */
  readonly spec: string;
}

/** From the weakest on. */
const PROMISES: readonly Promised[] = [
  { words: 'all end up alike', spec: 'lww' },
  { words: 'nothing is lost', spec: 'set' },
  { words: 'causal within keys', spec: 'causal' },
  { words: 'causal across keys', spec: 'multi-key-causal' },
  { words: 'only what is committed', spec: 'read-committed' },
  { words: 'twice the same', spec: 'item-cut' },
  { words: 'never back', spec: 'monotonic-reads' },
  { words: 'the newest', spec: 'monotonic-reads-is-not-linearizable' },
];

/** The levels, and what stands in for what a store has nothing of its own for. */
const STORES: readonly (readonly [store: string, ...fronts: string[]])[] = [
  ['lww', 'writes-at-once', 'reads-at-once'],
  ['set', 'writes-at-once', 'reads-at-once'],
  ['causal', 'writes-at-once', 'reads-at-once'],
  ['multi-key-causal', 'writes-at-once', 'reads-at-once'],
  ['read-committed', 'reads-at-once'],
  ['item-cut'],
  ['monotonic-reads'],
];

const INTRODUCTION = `Seven stores of the [gallery](../gallery.md#key-value-stores-level-by-level), most of them
  made of one before, and eight promises. A ✓ is a proof within the bounds in which the level of that promise keeps it; beside a ✗
  stands how few faults break it. Each store keeps what those before it keep, and breaks the next promise. The last column says
  [what the order of messages does](../calm.md) to what users see: nothing (A), or something (D).`;

const REMARK = `The last promise is kept by none: a replica that answers by itself cannot know what it has not been told.
  Last
  writer wins breaks some without any fault: where it is to keep two values, it keeps one. A
  store that knows no transactions writes and reads at once, as [writes-at-once.inc](../../specs/kvs/writes-at-once.inc)
  and [reads-at-once.inc](../../specs/kvs/reads-at-once.inc) say.`;

const COORDINATION = `Sets that only grow need no coordination, nor do causality and commitment: whatever the order of
  messages, the same is there in the end. The last writer is the last by an order, and a read sees what is there when it
  comes.`;

const FOLDER = 'specs/kvs';

/** What a search says of each store, promise by promise. */
export async function levels(): Promise<ReadonlyMap<string, readonly Verdict[]>> {
  const texts = Object.fromEntries(
    globSync(`${FOLDER}/*.{ded,inc}`, { cwd: ROOT }).map((path) => [path, readFileSync(ROOT + path, 'utf8')]),
  );
  const programOf = (path: string, files: Readonly<Record<string, string>>): Program => {
    const { program } = loadProgram([path], memoryReader(files));
    if (!program) throw new Error(`${path} is not accepted`);
    return program;
  };
  const told = new Map<string, readonly Verdict[]>();
  for (const [store, ...fronts] of STORES) {
    const row: Verdict[] = [];
    for (const { spec } of PROMISES) {
      const own = `${FOLDER}/${spec}.ded`;
      const [{ bounds }] = resolveChecks(programOf(own, texts)) as [Check];
      const [promise = ''] = /"[a-z-]+\.inc"/.exec(texts[own] ?? '') ?? [];
      const parts = [promise, ...[store, ...fronts].map((name) => `"${name}.inc"`)];
      const path = `${FOLDER}/${store} under ${spec}.ded`;
      const program = programOf(path, { ...texts, [path]: parts.map((part) => `include ${part};\n`).join('') });
      row.push(await verdictOf(new DedalusSystem(program, bounds), { first: true }));
    }
    told.set(store, row);
  }
  return told;
}

/** The page, of what the searches say. */
export function levelsPage(told: ReadonlyMap<string, readonly Verdict[]>): string {
  const rows = [...told].map(([store, row]) => {
    const cells = [`[${store}](kvs/${store}.md)`, ...row.map(cell), labelOf(store)];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '# Levels of consistency',
    '',
    ...paragraph(INTRODUCTION),
    '',
    `| store | ${PROMISES.map(({ words, spec }) => `[${words}](kvs/${spec}.md)`).join(' | ')} | [order](../calm.md) |`,
    `| --- | ${PROMISES.map(() => '---').join(' | ')} | --- |`,
    ...rows,
    '',
    ...paragraph(REMARK),
    '',
    ...paragraph(COORDINATION),
    '',
  ].join('\n');
}

/** What the order of messages does to what users of a store see. */
const labelOf = (store: string): string =>
  analyse(programAt(`${FOLDER}/${store}.ded`))
    .outputs.map(({ verdict }) => verdict)
    .join(', ');

const cell = ({ kind, counterexamples: [first] }: Verdict): string =>
  kind === 'holds' ? '✓' : `✗ ${first?.faults.length ?? 0}`;
