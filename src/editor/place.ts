/**
 * What is at a place in a program: the relation, the variable, the include or the word under the cursor.
 *
 * `got(X)@next :- got(X);` has two relations, two variables and a word, `@next`.
 */
import type { Fact, Rule, Span } from '../dedalus/ast.js';
import { RELATION_WORDS } from '../dedalus/directive.js';
import { Kind, lex, type Tokens } from '../dedalus/lexer.js';
import type { Followed, LoadResult, ProgramTree } from '../dedalus/load.js';
import { literalVariables, subgoalsOf, variablesOf } from '../dedalus/terms.js';

/** A place in a program: an offset into one of its files. */
export interface Place {
  readonly file: number;
  readonly offset: number;
}

/** How a relation is used where its name stands. */
type Role = 'fact' | 'rule' | 'read' | 'directive';

/** One use of a relation's name. */
export interface Use {
  readonly name: string;
  readonly role: Role;
  readonly span: Span;
  /** The clause around it; none for a directive. */
  readonly clause: Fact | Rule | undefined;
}

export type Thing =
  | ({ readonly kind: 'relation' } & Use)
  | { readonly kind: 'variable'; readonly name: string; readonly span: Span; readonly rule: Rule }
  | { readonly kind: 'include'; readonly followed: Followed; readonly span: Span }
  | { readonly kind: 'word'; readonly text: string; readonly span: Span; readonly inDirective: boolean };

/** All uses of all relations, file by file as they stand in the clauses; those in directives last. */
export function usesOf({ facts, rules, listed }: ProgramTree): Use[] {
  const uses: Use[] = facts.map((clause) => ({
    name: clause.atom.relation,
    role: 'fact',
    span: clause.atom.relationSpan,
    clause,
  }));
  for (const clause of rules) {
    const { relation, relationSpan } = clause.head;
    uses.push({ name: relation, role: 'rule', span: relationSpan, clause });
    for (const { atom } of subgoalsOf(clause))
      uses.push({ name: atom.relation, role: 'read', span: atom.relationSpan, clause });
  }
  for (const { word, name, nameSpan } of listed)
    if (nameSpan && RELATION_WORDS.some((one) => one === word))
      uses.push({ name, role: 'directive', span: nameSpan, clause: undefined });
  return uses;
}

/** The places of the variables of a rule, the head's first. */
export const variablesIn = (rule: Rule): { readonly name: string; readonly span: Span }[] =>
  [...variablesOf(...rule.head.args), ...rule.body.flatMap(literalVariables)].map(({ name, span, place }) => ({
    name,
    span: place ?? span,
  }));

/** Whether a place is in a span, or right behind it, where a cursor still means it. */
export const touches = ({ file, start, end }: Span, { file: own, offset }: Place): boolean =>
  file === own && start <= offset && offset <= end;

/** What is at a place; undefined if there is nothing that anything can be said of. */
export function thingAt({ tree, files }: LoadResult, place: Place): Thing | undefined {
  const use = usesOf(tree).find(({ span }) => touches(span, place));
  if (use) return { kind: 'relation', ...use };
  for (const rule of tree.rules) {
    if (!touches(rule.span, place)) continue;
    const variable = variablesIn(rule).find(({ span }) => touches(span, place));
    if (variable) return { kind: 'variable', ...variable, rule };
  }
  const followed = tree.includes.find(({ clause }) => touches(clause.span, place));
  if (followed) return { kind: 'include', followed, span: followed.clause.span };
  return wordAt(files[place.file]?.text ?? '', place);
}

function wordAt(text: string, place: Place): Thing | undefined {
  const tokens = lex(text, place.file, () => undefined);
  const directive = tokens.directives.find((span) => touches(span, place));
  if (directive) return wordOfDirective(text, directive, place);
  const at = tokenAt(tokens, place.offset);
  if (at === undefined || tokens.kinds[at] !== Kind.identifier) return undefined;
  const span = { file: place.file, start: tokens.starts[at] ?? 0, end: tokens.ends[at] ?? 0 };
  return { kind: 'word', text: text.slice(span.start, span.end), span, inDirective: false };
}

/** The token around an offset, the one that begins there before the one that ends there. */
function tokenAt({ starts, ends }: Tokens, offset: number): number | undefined {
  const after = starts.findIndex((start, i) => start <= offset && offset < (ends[i] ?? 0));
  const found = after >= 0 ? after : ends.findIndex((end, i) => end === offset && (starts[i] ?? 0) < end);
  return found < 0 ? undefined : found;
}

function wordOfDirective(text: string, { file, start, end }: Span, place: Place): Thing | undefined {
  for (const { 0: word, index } of text.slice(start, end).matchAll(/[A-Za-z]\w*/g)) {
    const span = { file, start: start + index, end: start + index + word.length };
    if (touches(span, place)) return { kind: 'word', text: word, span, inDirective: true };
  }
  return undefined;
}
