/**
 * The shape of the house: imports go one way, in no circle, and only the outermost rooms touch the machine.
 *
 * The table below is the order of the rooms in `docs/architecture.md`. A type import counts like any other.
 */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';

/** Each room, and the rooms that it may import from; a room may always import from itself. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  history: ['core'],
  faults: ['core'],
  dedalus: ['core', 'faults'],
  solver: ['core'],
  experiments: ['core', 'solver'],
  explain: ['core', 'dedalus', 'experiments'],
  simulator: ['core', 'dedalus', 'faults'],
  calm: ['core', 'dedalus', 'faults', 'simulator'],
  protocol: ['core', 'faults', 'history'],
  bloom: ['core', 'dedalus', 'faults', 'protocol'],
  lineage: ['core', 'dedalus', 'faults', 'solver', 'simulator', 'protocol'],
  search: ['core', 'dedalus', 'faults', 'solver', 'simulator', 'protocol', 'lineage'],
  verify: ['core', 'dedalus', 'faults', 'protocol'],
  certify: [...['core', 'dedalus', 'faults', 'solver', 'simulator', 'protocol', 'lineage', 'search', 'verify']],
  risk: ['core', 'faults', 'lineage', 'search'],
  frontier: ['core', 'dedalus', 'faults', 'solver', 'lineage', 'search'],
  staleness: ['core'],
  blazes: ['core', 'dedalus'],
  report: [
    ...['core', 'dedalus', 'faults', 'solver', 'simulator', 'protocol', 'lineage', 'search', 'risk', 'frontier'],
    ...['bloom', 'calm', 'explain', 'staleness', 'blazes'],
  ],
  answer: [
    ...['core', 'dedalus', 'faults', 'solver', 'simulator', 'protocol', 'lineage', 'search', 'report', 'risk'],
    ...['bloom', 'calm', 'frontier', 'verify', 'certify'],
  ],
  fix: ['core', 'dedalus', 'faults', 'simulator', 'lineage', 'search', 'report', 'answer'],
  editor: ['core', 'dedalus', 'faults', 'report'],
  playground: [...['core', 'dedalus', 'faults', 'solver', 'lineage', 'search', 'report', 'answer', 'editor']],
  live: ['core', 'history', 'experiments', 'report', 'worker'],
  files: ['core', 'dedalus', 'report'],
  worker: ['bloom', 'core', 'faults', 'history', 'protocol', 'index.ts'],
  testing: [
    ...['core', 'dedalus', 'faults', 'solver', 'simulator', 'protocol', 'lineage', 'search', 'report'],
    ...['answer', 'files', 'worker', 'experiments', 'live', 'staleness', 'blazes'],
  ],
};

/** Rooms that may touch files, the console, the clock and the process. */
const OUTER = ['live', 'files', 'worker', 'testing', 'cli'];

/** Packages that a room is there to wrap. */
const WRAPPED: Readonly<Record<string, string>> = { solver: 'cadical-wasm' };

const MACHINE = ['fs', 'path', 'process', 'pino', 'commander', 'picocolors', 'cadical-wasm'];

const files = globSync('src/**/*.ts')
  .map((file) => file.replaceAll('\\', '/'))
  .sort();
const known = new Set(files);

interface Import {
  readonly file: string;
  readonly target: string;
}

/** All imports of a file: relative ones as paths from the project's folder, others by name. */
function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import '([^']+)'/g,
  );
  return [...found].map(([, from, dynamic, bare]) => {
    const specifier = from ?? dynamic ?? bare ?? '';
    const target = specifier.startsWith('.')
      ? posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts')
      : specifier;
    return { file, target };
  });
}

/** The lines of a file that are neither empty nor comment, and those before. */
function codeLines(before: number, file: string): number {
  return before + (readFileSync(file, 'utf8').match(/^[ \t]*(?!\/\/|\/\*|\*[ /]|\*$)\S.*$/gm) ?? []).length;
}

const imports = files.flatMap(importsOf);
const roomOf = (file: string): string => file.split('/')[1] ?? '';

describe('imports', () => {
  test('lead to files that exist', () => {
    expect(imports.length).toBeGreaterThan(500);
    expect(imports.filter(({ target }) => target.startsWith('src/') && !known.has(target))).toEqual([]);
  });

  test('go one way', () => {
    const wrong = imports.filter(({ file, target }) => {
      const allowed = ROOMS[roomOf(file)];
      if (!allowed || !target.startsWith('src/')) return false;
      return ![roomOf(file), ...allowed].includes(roomOf(target));
    });
    expect(wrong).toEqual([]);
    expect([...new Set(files.map(roomOf))].filter((room) => !room.endsWith('.ts')).sort()).toEqual(
      [...Object.keys(ROOMS), 'cli'].sort(),
    );
  });

  test('form no circle', () => {
    const targets = new Map(
      files.map((file) => [
        file,
        imports.filter((it) => it.file === file && known.has(it.target)).map((it) => it.target),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      const start = path.indexOf(file);
      if (start >= 0) circles.push([...path.slice(start), file].join(' → '));
      if (start >= 0 || done.has(file)) return;
      for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  test('of the public API lead to nothing that only experiments on real systems need', () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { target } of imports.filter((it) => it.file === file)) visit(target);
    };
    visit('src/index.ts');
    expect(reached.size).toBeGreaterThan(100);
    const heavy = ['yaml', '@marcbachmann/cel-js', 'node:http', 'node:http2'];
    expect([...reached].filter((it) => heavy.includes(it) || it.startsWith('src/live/'))).toEqual([]);
  });

  test('of the checker, at most 300 lines, lead to nothing that searches; of protocols it calls handlers', () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { target } of imports.filter((it) => it.file === file)) if (known.has(target)) visit(target);
    };
    visit('src/verify/worlds.ts');
    expect([...reached].filter((file) => roomOf(file) === 'verify').reduce(codeLines, 0)).toBeLessThanOrEqual(300);
    visit('src/verify/verify.ts');
    expect([...new Set([...reached].map(roomOf))].sort()).toEqual(['core', 'dedalus', 'faults', 'verify']);
    expect([...reached].filter((file) => file === 'src/faults/space.ts')).toEqual([]);
    visit('src/verify/protocol-worlds.ts');
    visit('src/verify/whole-runs.ts');
    const rooms = [...reached].map(roomOf).filter((room) => !['core', 'dedalus', 'faults', 'verify'].includes(room));
    expect([...new Set(rooms)].sort()).toEqual(['history', 'protocol']);
  });

  test('reach the machine from the outermost rooms only', () => {
    const wrong = imports.filter(({ file, target }) => {
      const room = roomOf(file);
      if (!ROOMS[room] || OUTER.includes(room) || WRAPPED[room] === target) return false;
      return target.startsWith('node:') || MACHINE.includes(target);
    });
    expect(wrong).toEqual([]);
  });
});
