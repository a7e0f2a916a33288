/** Helpers of the front-end tests: trees without spans, and places as `line:column`. */
import type { Clause } from '../../src/dedalus/ast.js';
import type { Diagnostic } from '../../src/dedalus/diagnostic.js';
import { type LoadResult, loadProgram } from '../../src/dedalus/load.js';
import { locate } from '../../src/dedalus/locate.js';
import { parse } from '../../src/dedalus/parser.js';
import { memoryReader } from '../../src/dedalus/reader.js';

/** A copy without spans. */
export function bare<T>(tree: T): T {
  return JSON.parse(JSON.stringify(tree, (key, value) => (/span$/i.test(key) ? undefined : value)));
}

/** Parses one text; the clauses and what was reported. */
export function parseText(text: string): { clauses: readonly Clause[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const { clauses } = parse(text, 0, (diagnostic) => diagnostics.push(diagnostic));
  return { clauses, diagnostics };
}

/** Loads files by name; the roots are the first file unless given. */
export function load(files: Record<string, string>, roots = Object.keys(files).slice(0, 1)): LoadResult {
  return loadProgram(roots, memoryReader(files));
}

/** `path:line:column code` of each diagnostic. */
export function summary({ diagnostics, files }: LoadResult): string[] {
  return diagnostics.map(({ span, code }) => {
    const { path, line, column } = locate(files, span);
    return `${path}:${line}:${column} ${code}`;
  });
}
