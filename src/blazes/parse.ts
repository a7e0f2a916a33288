/**
 * A topology from the text of a YAML file, or all that is wrong with it, each with its place.
 */
import { type Document, isMap, isSeq, type Node, parseDocument, visit } from 'yaml';
import type * as z from 'zod';
import type { SourceFile, Span } from '../dedalus/ast.js';
import type { Diagnostic } from '../dedalus/diagnostic.js';
import { meaningProblems } from './references.js';
import { type Topology, topologySchema } from './topology.js';

type Path = readonly PropertyKey[];

/** Aliases that one file may use. */
const MOST_ALIASES = 100;

/** @param file whose text is read; spans are of the file 0 */
export function parseTopology({
  text,
}: SourceFile): { readonly topology: Topology } | { readonly diagnostics: readonly Diagnostic[] } {
  const document = parseDocument(text, { stringKeys: true });
  if (document.errors.length > 0)
    return {
      diagnostics: document.errors.map(({ pos: [start, end], message }) =>
        mistake('bad-yaml', message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '', {
          file: 0,
          start,
          end,
        }),
      ),
    };
  const spanOf = (path: Path): Span => ({ file: 0, ...rangeOf(document.contents, path) });
  const lost = lostKeys(document);
  if (lost.length > 0) return { diagnostics: lost };
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    return { diagnostics: [mistake('bad-yaml', 'aliases are used too often', spanOf([]))] };
  }
  const parsed = topologySchema.safeParse(data ?? {});
  if (!parsed.success)
    return {
      diagnostics: parsed.error.issues.flatMap(problemsOf).map(({ path, message }) => {
        const at = path.join('.');
        return mistake('bad-topology', at === '' ? message : `${at}: ${message}`, spanOf(path));
      }),
    };
  const problems = meaningProblems(parsed.data);
  if (problems.length === 0) return { topology: parsed.data };
  return {
    diagnostics: problems.map(({ code, path, message, hint }) => mistake(code, message, spanOf(path), hint)),
  };
}

const mistake = (code: string, message: string, span: Span, hint?: string): Diagnostic => ({
  severity: 'error',
  code,
  message,
  span,
  hint,
});

/** What no object of JavaScript takes as a name: it would be left out in silence. */
function lostKeys(document: Document): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(document, {
    Pair(_, { key }) {
      if (keyOf(key) !== '__proto__') return;
      const [start, end] = (key as Node).range ?? [0, 0];
      found.push(mistake('bad-topology', '__proto__ cannot be a name here', { file: 0, start, end }));
    },
  });
  return found;
}

/** Each unknown key is a problem of its own, at its own place. */
function problemsOf(issue: z.core.$ZodIssue): { readonly path: Path; readonly message: string }[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'there is no such setting here' }));
}

/** The innermost part of a path that is there: a setting by its name, what is in a list as it is. */
function rangeOf(root: Node | null, path: Path): { readonly start: number; readonly end: number } {
  let node: unknown = root;
  let range = root?.range ?? [0, 0];
  for (const key of path) {
    const pair = isMap(node) ? node.items.find((item) => keyOf(item.key) === String(key)) : undefined;
    const item = pair ?? (isSeq(node) ? node.items[Number(key)] : undefined);
    if (item === undefined) break;
    range = ((pair ? pair.key : item) as Node).range ?? range;
    node = pair ? pair.value : item;
  }
  // What is wrong with a value is shown there, unless it is a block of its own.
  const value = (node as Node | null)?.range;
  const isScalar = node !== root && !isMap(node) && !isSeq(node) && value;
  const [start, end] = isScalar ? value : range;
  return { start, end };
}

const keyOf = (key: unknown): string => String((key as { value?: unknown } | null)?.value);
