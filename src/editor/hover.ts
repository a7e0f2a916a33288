/**
 * What an editor shows of the thing under the cursor, as Markdown: what a relation is, who derives it, who reads it;
 * what binds a variable; what a word means.
 */
import { visible, visibleLines } from '../core/text.js';
import type { Atom, Rule, Span } from '../dedalus/ast.js';
import { CRASH, CRASH_ARITY } from '../dedalus/builtin.js';
import { protocolRelations } from '../dedalus/checks/context.js';
import type { LoadResult } from '../dedalus/load.js';
import { locate } from '../dedalus/locate.js';
import { printClause, printLiteral, printTerm } from '../dedalus/print.js';
import { boundVariables, literalVariables } from '../dedalus/terms.js';
import { commentAbove } from './comments.js';
import { type Place, thingAt, type Use, usesOf } from './place.js';
import { AGGREGATE_WORDS, CLAUSE_WORDS, checkKeys, directiveWords, RELATION_MEANINGS } from './words.js';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** Rules and facts that are shown of a relation. */
const MOST_SHOWN = 6;

export function hover(loaded: LoadResult, place: Place): Hover | undefined {
  const thing = thingAt(loaded, place);
  if (!thing) return undefined;
  switch (thing.kind) {
    case 'relation':
      return { span: thing.span, markdown: relation(loaded, thing.name) };
    case 'variable':
      return { span: thing.span, markdown: variable(thing.name, thing.rule) };
    case 'include': {
      const path = visible(loaded.files[thing.followed.file]?.path ?? '');
      return { span: thing.span, markdown: `The clauses of ${fenced(path, '')}` };
    }
    case 'word': {
      const meaning = thing.inDirective
        ? (directiveWords()[thing.text] ?? checkKeys()[thing.text])
        : (CLAUSE_WORDS[thing.text] ?? AGGREGATE_WORDS[thing.text]);
      return meaning === undefined ? undefined : { span: thing.span, markdown: meaning };
    }
  }
}

/** A block of code; what is in it cannot end it. */
function fenced(code: string, language = 'ded'): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `\n${fence}${language}\n${visibleLines(code)}\n${fence}\n`;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/**
 * `log(X, M)`: a relation as its first rule, else its first use, writes it.
 * @param own all its uses
 */
export function signatureOf(name: string, own: readonly Use[]): string {
  const use = own.find(({ role }) => role === 'rule') ?? own.find(({ clause }) => clause);
  const atom = use && atomOf(use);
  return atom ? `${name}(${atom.args.map(printTerm).join(', ')})` : name;
}

/** The atom that a use is the name of. */
function atomOf({ clause, span }: Use): Atom | undefined {
  if (clause?.kind !== 'rule') return clause?.atom;
  const atoms = [clause.head, ...clause.body.flatMap((it) => (it.kind === 'subgoal' ? [it.atom] : []))];
  return atoms.find(({ relationSpan }) => relationSpan.start === span.start);
}

function relation({ tree, files }: LoadResult, name: string): string {
  const uses = usesOf(tree);
  const own = uses.filter((use) => use.name === name);
  const of = (role: Use['role']): Use[] => own.filter((use) => use.role === role);
  const [facts, rules, reads] = [of('fact'), of('rule'), of('read')];
  const atom = own.map(atomOf).find((found) => found !== undefined);
  const arity = name === CRASH ? CRASH_ARITY : (atom?.args.length ?? 0);
  const readers = new Set(reads.map(({ clause }) => clause));
  const side = protocolRelations(tree.rules).has(name) ? 'part of the protocol' : 'only assertions need it';
  const timed = rules.flatMap(({ clause }) =>
    clause?.kind === 'rule' && clause.time !== 'deductive' ? [clause.time] : [],
  );
  const sent = timed.filter((time) => time === 'async').length;
  const kept = timed.length - sent;
  const how = [...(kept > 0 ? [`${kept} @next`] : []), ...(sent > 0 ? [`${sent} @async`] : [])].join(', ');
  const derived = `derived by ${count(rules.length, 'rule')}${how === '' ? '' : ` (${how})`} and ${count(facts.length, 'fact')}`;
  const first = [...rules, ...facts][0];
  const above = first && commentAbove(files[first.span.file]?.text ?? '', first.clause?.span.start ?? 0);
  const isDerived = first !== undefined || name === CRASH;
  return [
    fenced(name === CRASH ? 'crash(Observer, Node, CrashTick)' : signatureOf(name, own)),
    ...(RELATION_MEANINGS[name] === undefined ? [] : [`${RELATION_MEANINGS[name]}\n`]),
    `A relation with ${count(arity, 'argument')}; ${name === CRASH ? 'built in' : isDerived ? derived : '**never derived, so it is empty**'}; read by ${count(readers.size, 'rule')}; ${side}.`,
    ...(above === undefined ? [] : [fenced(above, '')]),
    ...(first ? [derivations([...rules, ...facts], files)] : []),
  ].join('\n');
}

function derivations(uses: readonly Use[], files: LoadResult['files']): string {
  const shown = uses.slice(0, MOST_SHOWN).map(({ clause, span }) => {
    const { path, line } = locate(files, span);
    return `${clause ? printClause(clause) : ''} // ${path.slice(path.lastIndexOf('/') + 1)}:${line}`;
  });
  const more = uses.length > MOST_SHOWN ? [`// and ${uses.length - MOST_SHOWN} more`] : [];
  return fenced([...shown, ...more].join('\n'));
}

function variable(name: string, rule: Rule): string {
  const binders = rule.body.filter(
    (literal) =>
      (literal.kind === 'comparison' ? literal.op === '==' : !literal.negated) &&
      literalVariables(literal).some((one) => one.name === name),
  );
  const bound = boundVariables(rule).has(name) && binders.length > 0;
  return bound
    ? `A variable of this rule, bound by${fenced(binders.map(printLiteral).join('\n'))}`
    : 'A variable of this rule that nothing binds.';
}
