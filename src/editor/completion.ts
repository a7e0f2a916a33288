/**
 * Completion: what may be written at a place, from the tokens before it, since what is being typed is seldom a clause
 * that could be parsed.
 *
 * `got(X)@` → `@next`, `@async`; `got(X) :- no` → relations and `notin`; `got(` → the rule's variables;
 * `//! check e` → `eot`, `eff`, `expect`.
 */
import { CRASH } from '../dedalus/builtin.js';
import { RELATION_WORDS } from '../dedalus/directive.js';
import { Kind, lex, type Tokens } from '../dedalus/lexer.js';
import type { LoadResult } from '../dedalus/load.js';
import { VERDICTS } from '../dedalus/program.js';
import { kinds } from '../faults/kinds.js';
import { signatureOf } from './hover.js';
import { type Place, touches, type Use, usesOf } from './place.js';
import { AGGREGATE_WORDS, CLAUSE_WORDS, checkKeys, directiveWords, RELATION_MEANINGS } from './words.js';

export interface Completion {
  readonly label: string;
  readonly kind: 'relation' | 'variable' | 'keyword' | 'value';
  /** What is put in place of the word before the cursor. */
  readonly text: string;
  readonly detail: string;
  readonly documentation: string;
}

export interface Completions {
  /** What the chosen one replaces: from here to the place. */
  readonly start: number;
  readonly items: readonly Completion[];
}

const NOTHING: Completions = { start: 0, items: [] };
/** Longer lists help nobody. */
const MOST_ITEMS = 1000;

export function complete(loaded: LoadResult, place: Place): Completions {
  const text = (loaded.files[place.file]?.text ?? '').slice(0, place.offset);
  const tokens = lex(text, place.file, () => undefined);
  const directive = tokens.directives.find((span) => touches(span, place) && !text.slice(span.start).includes('\n'));
  const start = place.offset - (/[A-Za-z0-9_.?@]*$/.exec(text)?.[0].length ?? 0);
  if (directive) return { start, items: once(inDirective(loaded, text.slice(directive.start, start))) };
  const isOpen = tokens.kinds.at(-2) === Kind.bad || /\/\/[^\n]*$/.test(text.slice(tokens.ends.at(-2) ?? 0));
  if (isOpen || isInString(text, tokens, place.offset)) return NOTHING;
  const items = inClause(loaded, contextOf(text, tokens, start));
  return { start, items: once(items).slice(0, MOST_ITEMS) };
}

/** Each label once: what is being typed may give a keyword the look of a relation. */
const once = (items: readonly Completion[]): Completion[] =>
  [...new Map(items.toReversed().map((item) => [item.label, item])).values()].toReversed();

const isInString = (text: string, { kinds, ends }: Tokens, offset: number): boolean =>
  kinds.some((kind, i) => kind === Kind.string && ends[i] === offset) && text.endsWith('"');

const value = (label: string, documentation = '', text = label): Completion => ({
  label,
  kind: 'value',
  text,
  detail: '',
  documentation,
});

const keyword = (label: string, documentation = '', text = label): Completion => ({
  ...value(label, documentation, text),
  kind: 'keyword',
});

const keywords = (meanings: Readonly<Record<string, string>>, suffix = ''): Completion[] =>
  Object.entries(meanings).map(([word, meaning]) => keyword(word, meaning, word + suffix));

/** @param before the directive as far as the word that is being typed */
function inDirective({ tree }: LoadResult, before: string): Completion[] {
  const [, word, rest = ''] = /^\/\/!\s*(\w+)\s+(.*)$/s.exec(before) ?? [];
  if (word === undefined) return keywords(directiveWords(), ' ');
  const relations = [...new Set(usesOf(tree).map(({ name }) => name))].sort();
  if (RELATION_WORDS.some((one) => one === word)) return relations.map((name) => value(name));
  const places = tree.facts.flatMap(({ atom: { args } }) =>
    args[0]?.kind === 'constant' ? [String(args[0].value)] : [],
  );
  const nodes = [...new Set(places)].sort();
  if (word !== 'check') return nodes.map((name) => value(name));
  const key = /(\w+)=(?:"[^"]*|[^\s"]*)$/.exec(rest)?.[1];
  if (key === 'expect') return VERDICTS.map((verdict) => value(verdict));
  if (key === 'faults') return kinds().map(({ kind }) => value(kind));
  if (key === 'nodes' || (key !== undefined && key in directiveWords())) return nodes.map((name) => value(name));
  if (key !== undefined) return [];
  const given = new Set([...rest.matchAll(/(\w+)=/g)].map(([, name]) => name));
  const free = Object.entries(checkKeys()).filter(([name]) => !given.has(name));
  return keywords(Object.fromEntries(free), '=');
}

/** Where in a clause something is being typed. */
interface Context {
  readonly place: 'start' | 'head' | 'body' | 'arguments' | 'head-arguments' | 'time' | 'tick';
  /** Variables of the clause so far. */
  readonly variables: readonly string[];
}

/** @param end offset of the word that is being typed */
function contextOf(text: string, { kinds, starts, ends }: Tokens, end: number): Context {
  const variables = new Set<string>();
  let inBody = false;
  let depth = 0;
  let isStart = true;
  let last = '';
  const wordAt = (i: number): string => text.slice(starts[i], ends[i]);
  for (let i = 0; (starts[i] ?? end) < end; i++) {
    last = wordAt(i);
    isStart = last === ';' && kinds[i] === Kind.symbol;
    if (isStart) {
      variables.clear();
      [inBody, depth] = [false, 0];
    } else if (last === ':-') inBody = true;
    else if (last === '(') depth++;
    else if (last === ')') depth = Math.max(0, depth - 1);
    else if (kinds[i] === Kind.identifier && depth > 0 && last !== '_' && wordAt(i + 1) !== '<') variables.add(last);
  }
  if (depth > 0) return { place: inBody ? 'arguments' : 'head-arguments', variables: [...variables] };
  if (isStart) return { place: 'start', variables: [] };
  if (last === ')') return { place: inBody ? 'tick' : 'time', variables: [] };
  return { place: inBody ? 'body' : 'head', variables: [...variables] };
}

function inClause({ tree }: LoadResult, { place, variables }: Context): Completion[] {
  const own = variables.map(
    (name): Completion => ({ ...value(name), kind: 'variable', detail: 'variable of this rule' }),
  );
  switch (place) {
    case 'arguments':
      return [...own, keyword('_', CLAUSE_WORDS._)];
    case 'head-arguments':
      return [...own, ...Object.entries(AGGREGATE_WORDS).map(([fn, meaning]) => keyword(`${fn}<`, meaning))];
    case 'time':
      return ['@next', '@async', '@1'].map((word) =>
        keyword(word, CLAUSE_WORDS[word] ?? 'A fact that holds at tick 1.'),
      );
    case 'tick':
      return [keyword('@1', 'Looked up at tick 1 instead of the current one; in any tick before it as if empty.')];
    case 'body':
      return [...relations(tree, [CRASH]), ...own, keyword('notin', CLAUSE_WORDS.notin, 'notin ')];
    case 'start':
      return [...relations(tree, ['pre', 'post', 'never']), keyword('include', CLAUSE_WORDS.include, 'include ')];
    case 'head':
      return [];
  }
}

function relations(tree: LoadResult['tree'], special: readonly string[]): Completion[] {
  const uses = new Map<string, Use[]>(special.map((name) => [name, []]));
  for (const use of usesOf(tree)) {
    const own = uses.get(use.name);
    if (own) own.push(use);
    else uses.set(use.name, [use]);
  }
  return [...uses.keys()].sort().map((name) => {
    const detail = name === CRASH ? 'crash(Observer, Node, CrashTick)' : signatureOf(name, uses.get(name) ?? []);
    return { label: name, kind: 'relation', text: name, detail, documentation: RELATION_MEANINGS[name] ?? '' };
  });
}
