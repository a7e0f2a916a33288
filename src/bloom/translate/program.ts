/**
 * A Bloom program -> the checked program that everything behind the front end reads.
 *
 * Invariant: as with Dedalus text, there is a program exactly when there is no error among the diagnostics, and all
 * mistakes are reported together.
 */
import type { Fact, Rule, SourceFile, Span, Term } from '../../dedalus/ast.js';
import { buildProgram } from '../../dedalus/build.js';
import { CRASH } from '../../dedalus/builtin.js';
import { check } from '../../dedalus/checks/all.js';
import { Collector } from '../../dedalus/collector.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import type { CheckDirective, Program } from '../../dedalus/program.js';
import { durableRelations } from '../../dedalus/stops.js';
import { mapBounds } from '../../faults/bounds.js';
import { checksProblems } from '../../protocol/validate.js';
import type { BloomCollection, BloomFact, BloomPlace, BloomProgram } from '../model.js';
import { periodicClauses, tableRules } from './collection.js';
import { spanFinder } from './place.js';
import { atom, type Notes, ruleOf } from './statement.js';

export interface TranslatedBloom {
  readonly program: Program | undefined;
  /** Sorted by file and position. */
  readonly diagnostics: readonly Diagnostic[];
}

type SpanOf = (place: BloomPlace | undefined) => Span;

/** What every program has without declaring it. */
const BUILT_IN: BloomCollection = {
  name: CRASH,
  kind: 'view',
  columns: ['seer', 'crashed', 'tick'],
  keys: 3,
  durable: false,
};

/** @param files of the module, as places name them */
export function translate(bloom: BloomProgram, files: readonly SourceFile[]): TranslatedBloom {
  const spanOf = spanFinder(files);
  const collector = new Collector();
  for (const { message, hint, place } of bloom.problems)
    collector.report({ severity: 'error', code: 'bad-bloom', message, hint, span: spanOf(place) });
  const checks = bloom.checks.flatMap(({ check, place }) => directiveOf(check, bloom.nodes, spanOf(place), collector));
  if (collector.failed) return { program: undefined, diagnostics: collector.finish() };
  const { facts, rules } = clausesOf(bloom, spanOf);
  check({ facts, rules, complete: true }, (one) => {
    if (!isOutput(one, bloom, spanOf)) collector.report(one);
  });
  if (collector.failed) return { program: undefined, diagnostics: collector.finish() };
  const outputs = bloom.collections.filter(({ kind }) => kind === 'output');
  const listed = outputs.map(({ name, place }) => ({ word: 'output', name, span: spanOf(place) }));
  const program = buildProgram(files, facts, rules, { checks, listed });
  return { program: { ...program, ...durableOf(bloom, program) }, diagnostics: collector.finish() };
}

/** All clauses: facts, then statements, then what collections are. */
function clausesOf(bloom: BloomProgram, spanOf: SpanOf): { readonly facts: Fact[]; readonly rules: Rule[] } {
  const collections = new Map([BUILT_IN, ...bloom.collections].map((one) => [one.name, one]));
  const named = freeNames(collections);
  const notes: Notes = {
    deleted: (table) => named(`${table}_deleted`),
    upserted: (table) => named(`${table}_upserted`),
  };
  const facts = bloom.facts.map((fact) => factOf(fact, spanOf(fact.place)));
  const rules = bloom.statements.map((one) => ruleOf(one, collections, notes, spanOf(one.place)));
  for (const collection of bloom.collections) {
    const { name, kind, place } = collection;
    const merges = new Set(bloom.statements.filter(({ into }) => into === name).map(({ merge }) => merge));
    if (kind === 'table') rules.push(...tableRules(collection, merges, notes, spanOf(place)));
    if (kind !== 'periodic') continue;
    const again = periodicClauses(collection, bloom.nodes, named(waitingOf(name)), spanOf(place));
    facts.push(...again.facts);
    rules.push(...again.rules);
  }
  return { facts, rules };
}

const waitingOf = (periodic: string): string => `${periodic}_waiting`;

/** Names that no collection has. */
const freeNames =
  (collections: ReadonlyMap<string, unknown>) =>
  (name: string): string => {
    let free = name;
    while (collections.has(free)) free += '_';
    return free;
  };

function factOf({ collection, node, tick, row }: BloomFact, span: Span): Fact {
  const args = [node, ...row].map((value): Term => ({ kind: 'constant', value, span }));
  return { kind: 'fact', atom: atom(collection, args, span), tick, span };
}

/** A check as a directive would say it. */
function directiveOf(
  check: Readonly<Record<string, unknown>>,
  nodes: readonly string[],
  span: Span,
  collector: Collector,
): CheckDirective[] {
  const problems = checksProblems({ checks: [check] });
  for (const { message, hint } of problems)
    collector.report({ severity: 'error', code: 'bad-bloom', message, hint, span });
  if (problems.length > 0) return [];
  const { faults, ...others } = check;
  const base = { name: undefined, ...mapBounds(() => undefined), nodes, expect: undefined, span };
  const kinds = Array.isArray(faults) ? { faults: faults.join(',') } : faults === undefined ? {} : { faults };
  return [{ ...base, ...others, ...kinds } as CheckDirective];
}

/** What goes outside is read by nobody inside. */
function isOutput({ code, span }: Diagnostic, { collections, statements }: BloomProgram, spanOf: SpanOf): boolean {
  const isOf = (name: string): boolean => collections.some((one) => one.name === name && one.kind === 'output');
  return (
    code === 'never-read' &&
    statements.some(({ into, place }) => isOf(into) && JSON.stringify(spanOf(place)) === JSON.stringify(span))
  );
}

/** Tables that are declared to be; and periodics, which a node's clock has and not its memory. */
function durableOf({ collections }: BloomProgram, program: Program): Pick<Program, 'durable'> {
  const declared = collections.filter(({ durable }) => durable).map(({ name }) => name);
  const waiting = collections.flatMap(({ kind, name, period = 1 }) =>
    kind === 'periodic' && period > 1 ? [name, waitingOf(name)] : [],
  );
  if (declared.length + waiting.length === 0) return {};
  return { durable: [...new Set([...durableRelations(program), ...declared, ...waiting])].sort() };
}
