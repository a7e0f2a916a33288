/**
 * Reads the named files and all they include, parses and checks them: the one entrance to the front end.
 *
 * Invariants: nothing is thrown, whatever the input; all mistakes of all files are reported together, sorted by file
 * and position; there is a program exactly when there is no error. Files are numbered in the order of reading, those
 * named by the user first, then included ones breadth-first.
 */
import type { Clause, Fact, Include, Rule, SourceFile, Span } from './ast.js';
import { buildProgram } from './build.js';
import { check } from './checks/all.js';
import { Collector } from './collector.js';
import type { Diagnostic } from './diagnostic.js';
import { type Listed, parseDirectives, RELATION_WORDS } from './directive.js';
import { MAX_CLAUSES, MAX_FILE_LENGTH, MAX_FILES, MAX_INCLUDES } from './limits.js';
import { parse } from './parser.js';
import type { CheckDirective, Program } from './program.js';
import { memoryReader, type ReadResult, type SourceReader } from './reader.js';
import { suggest } from './suggest.js';
import { subgoalsOf } from './terms.js';

/** An `include` that was followed, and the file that it brought. */
export interface Followed {
  readonly clause: Include;
  readonly file: number;
}

/** What could be understood of the files of a program, mistakes or not. */
export interface ProgramTree {
  readonly facts: readonly Fact[];
  readonly rules: readonly Rule[];
  readonly includes: readonly Followed[];
  readonly checks: readonly CheckDirective[];
  readonly listed: readonly Listed[];
  /** Whether every clause of every file is there. */
  readonly complete: boolean;
  /** By file, what its reader knows it by; undefined if it could not be read. */
  readonly ids: readonly (string | undefined)[];
}

/** What loading gives; `program` is undefined exactly when there is an error among the diagnostics. */
export interface LoadResult {
  /** Sorted by file and position; at most `MAX_DIAGNOSTICS`, then one that counts the rest. */
  readonly diagnostics: readonly Diagnostic[];
  /** All files read, for showing diagnostics; a root that could not be read is there, empty. */
  readonly files: readonly SourceFile[];
  readonly program: Program | undefined;
  readonly tree: ProgramTree;
}

const INCLUDE_HINT = 'paths are relative to the including file, or else to the first file on the command line';

class Loader implements ProgramTree {
  readonly files: SourceFile[] = [];
  readonly collector = new Collector();
  readonly facts: Fact[] = [];
  readonly rules: Rule[] = [];
  readonly checks: CheckDirective[] = [];
  readonly listed: Listed[] = [];
  /** Whether every clause of every file is there. */
  complete = true;
  readonly ids: (string | undefined)[] = [];
  readonly includes: Followed[] = [];
  private readonly known = new Map<string, number>();
  private followed = 0;
  /** Whether `too-many-includes` was reported. */
  private truncated = false;
  private clauses = 0;

  constructor(private readonly reader: SourceReader) {}

  run(roots: readonly string[]): void {
    for (const root of roots) this.readRoot(root);
    const rootCount = this.files.length;
    for (let file = 0; file < this.files.length && !this.collector.full; file++) this.parseFile(file, file < rootCount);
  }

  private readRoot(path: string): void {
    const result = this.reader.read(path, undefined);
    const problem = result.ok ? problemOf(result) : { code: 'cannot-read', reason: result.reason };
    if (result.ok && !problem) {
      this.addFile(result);
      return;
    }
    const file = this.files.push({ path, text: '' }) - 1;
    this.ids.push(undefined);
    this.error(
      problem?.code ?? '',
      `cannot read "${path}": ${problem?.reason}`,
      { file, start: 0, end: 0 },
      result.ok ? undefined : result.hint,
    );
  }

  /** Its number. */
  private addFile(source: Source): number {
    const known = this.known.get(source.id);
    if (known !== undefined) return known;
    const file = this.files.push({ path: source.path, text: source.text }) - 1;
    this.known.set(source.id, file);
    this.ids.push(source.id);
    return file;
  }

  private parseFile(file: number, isRoot: boolean): void {
    const text = this.files[file]?.text ?? '';
    const parsed = parse(text, file, this.collector.report, MAX_CLAUSES - this.clauses);
    if (!parsed.complete) this.complete = false;
    this.clauses += parsed.clauses.length;
    const { checks, listed } = parseDirectives(text, parsed.directives, this.collector.report);
    if (isRoot) for (const directive of checks) this.checks.push(directive);
    this.listed.push(...listed);
    for (const clause of parsed.clauses) this.addClause(clause);
  }

  private addClause(clause: Clause): void {
    if (clause.kind === 'fact') this.facts.push(clause);
    else if (clause.kind === 'rule') this.rules.push(clause);
    else this.include(clause);
  }

  /** Reads an included file: next to the including file, or else next to the first root. */
  private include(include: Include): void {
    if (++this.followed > MAX_INCLUDES || this.files.length >= MAX_FILES) {
      if (!this.truncated) this.error('too-many-includes', 'the program includes too many files', include.span);
      this.truncated = true;
      this.complete = false;
      return;
    }
    const reasons: { reason: string; hint?: string | undefined }[] = [];
    for (const from of new Set([this.ids[include.span.file], this.ids[0]])) {
      if (from === undefined) continue;
      const result = this.reader.read(include.path, from);
      if (!result.ok) {
        reasons.push(result);
        continue;
      }
      const problem = problemOf(result);
      if (problem) this.cannotInclude(include, problem.code, problem.reason);
      else this.includes.push({ clause: include, file: this.addFile(result) });
      return;
    }
    const { reason = 'no such file', hint = INCLUDE_HINT } = reasons[0] ?? {};
    this.cannotInclude(include, 'cannot-read', reason, hint);
  }

  private cannotInclude(include: Include, code: string, reason: string, hint?: string): void {
    this.complete = false;
    this.error(code, `cannot include "${include.path}": ${reason}`, include.span, hint);
  }

  private error(code: string, message: string, span: Span, hint?: string): void {
    this.collector.report({ severity: 'error', code, message, span, hint });
  }
}

type Source = ReadResult & { readonly ok: true };

/** Why a source cannot be used, if so. */
function problemOf(result: Source): { code: string; reason: string } | undefined {
  if (result.text.length > MAX_FILE_LENGTH) {
    return { code: 'file-too-large', reason: `it is larger than ${MAX_FILE_LENGTH / 1024 / 1024} MiB` };
  }
  if (result.text.includes('\0')) return { code: 'binary-file', reason: 'it is a binary file' };
  return undefined;
}

/**
 * Loads a program from the files named by the user (protocol, assertions, facts: together one program) and all
 * they include. Never throws.
 */
export function loadProgram(roots: readonly string[], reader: SourceReader): LoadResult {
  const loader = new Loader(reader);
  loader.run(roots);
  const { facts, rules, collector, complete } = loader;
  check({ facts, rules, complete }, collector.report);
  requireRelations(loader);
  const program = collector.failed ? undefined : buildProgram(loader.files, facts, rules, loader);
  return { diagnostics: collector.finish(), files: loader.files, program, tree: loader };
}

/** Complains of what directives name and no clause does. */
function requireRelations({ listed, facts, rules, collector }: Loader): void {
  const named = listed.filter(({ word }) => RELATION_WORDS.some((one) => one === word));
  if (named.length === 0) return;
  const bodies = rules.flatMap((rule) => [rule.head, ...subgoalsOf(rule).map(({ atom }) => atom)]);
  const relations = [...new Set([...facts.map(({ atom }) => atom), ...bodies].map(({ relation }) => relation))];
  for (const { name, span, nameSpan } of named) {
    if (relations.includes(name)) continue;
    const close = suggest(name, relations);
    const hint = close ? `did you mean \`${close}\`?` : 'relations are separated by commas';
    const message = `there is no relation \`${name.slice(0, 40)}\``;
    const fix = close && nameSpan ? { span: nameSpan, text: close } : undefined;
    collector.report({ severity: 'error', code: 'unknown-relation', message, span, hint, fix });
  }
}

/** Loads a program from one text in memory, in which nothing can be included. */
export function parseProgram(text: string, path = 'input.ded'): LoadResult {
  return loadProgram([path], memoryReader({ [path]: text }));
}
