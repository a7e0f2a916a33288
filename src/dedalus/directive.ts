/**
 * `//! check eot=6 eff=3 crashes=1 nodes=a,b,c expect=violated name=foo`: the checks a spec asks for, as comments, so
 * that other Dedalus tools read the same file.
 *
 * Invariant: a check that comes out has all its values within their limits; whatever is odd about a line is reported.
 */
import { type BoundName, boundNames, boundRanges, mapBounds } from '../faults/bounds.js';
import { isListName, type ListName, listNames, parseGroups } from '../faults/names.js';
import { selectFaults } from '../faults/selection.js';
import type { Span } from './ast.js';
import type { Report } from './collector.js';
import type { CheckDirective, VerdictKind } from './program.js';
import { VERDICTS } from './program.js';
import { suggest } from './suggest.js';

type Key = 'name' | BoundName | ListName | 'faults' | 'groups' | 'nodes' | 'expect' | 'allow';
const keys = (): Key[] => ['name', ...boundNames(), 'faults', ...listNames(), 'groups', 'nodes', 'expect', 'allow'];

/** Directives that list relations; others list nodes. */
export const RELATION_WORDS = ['durable', 'timer', 'output'] as const;

/** `key=value`, `key="value"`, or anything else up to the next blank. */
const WORD = /([^\s="]+)=("[^"]*"(?!\S)|\S*)|\S+/g;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A relation, a node, a link, or a group with its nodes, that a directive like `//! durable log` lists. */
export interface Listed {
  /** That of the directive. */
  readonly word: string;
  readonly name: string;
  readonly nodes?: readonly string[];
  readonly span: Span;
  /** Where the name of a list is. */
  readonly nameSpan?: Span;
}

/** What the `//! …` comments of a file say, in source order. */
export interface Directives {
  readonly checks: CheckDirective[];
  readonly listed: Listed[];
}

/** The directives among the `//! …` comments of a file. */
export function parseDirectives(text: string, comments: readonly Span[], report: Report): Directives {
  const found: Directives = { checks: [], listed: [] };
  const lists: readonly string[] = [...RELATION_WORDS, ...listNames()];
  for (const span of comments) {
    const [, word = '', names = ''] = /^\/\/!\s*(\w+)\b(.*)$/s.exec(text.slice(span.start, span.end)) ?? [];
    if (word === 'groups') found.listed.push(...parseGroupsOf(names, span, report));
    else if (lists.includes(word)) found.listed.push(...parseList(word, names, span, report));
    else {
      const check = parseDirective(text, span, report);
      if (check) found.checks.push(check);
    }
  }
  return found;
}

/** `//! durable log, vote`: names, with commas or blanks between them. */
function parseList(word: string, text: string, span: Span, report: Report): Listed[] {
  const names = [...text.matchAll(/[^\s,]+/g)];
  const [message, hint] = [`\`${word}\` names nothing`, `like \`//! ${word} a, b\``];
  if (names.length === 0) report({ severity: 'error', code: 'directive-value', message, span, hint });
  return names.map(({ 0: name, index }) => {
    const start = span.end - text.length + index;
    return { word, name, span, nameSpan: { ...span, start, end: start + name.length } };
  });
}

/** `//! groups west = a b, east = c d`. */
function parseGroupsOf(text: string, span: Span, report: Report): Listed[] {
  const parsed = parseGroups(text);
  if ('groups' in parsed)
    return Object.entries(parsed.groups).map(([name, nodes]) => ({ word: 'groups', name, nodes, span }));
  report({ severity: 'error', code: 'directive-value', message: parsed.problem, span, hint: undefined });
  return [];
}

function parseDirective(text: string, comment: Span, report: Report): CheckDirective | undefined {
  const line = text.slice(comment.start, comment.end);
  const [, lead = '', word = ''] = /^(\/\/!\s*)(\S*)/.exec(line) ?? [];
  if (word !== 'check') {
    reportUnknown(line, word, { ...comment, start: comment.start + (word ? lead.length : 0) }, report);
    return undefined;
  }
  const check: Mutable<CheckDirective> = {
    name: undefined,
    ...mapBounds(() => undefined),
    nodes: undefined,
    expect: undefined,
    span: comment,
  };
  const from = lead.length + word.length;
  for (const match of line.slice(from).matchAll(WORD)) {
    const start = comment.start + from + match.index;
    const problem = setKey(check, match);
    if (!problem) continue;
    const span = { file: comment.file, start: start + problem.offset, end: start + match[0].length };
    const { code, message, hint, instead } = problem;
    const end = problem.offset === 0 ? start + (match[1] ?? match[0]).length : span.end;
    const fix = instead === undefined ? undefined : { span: { ...span, end }, text: instead };
    report({ severity: 'error', code, message, span, hint, fix });
  }
  return check;
}

/**
 * A slip for `check` is an error, since a check would silently be lost; other `//!` comments may be meant otherwise.
 */
function reportUnknown(line: string, word: string, span: Span, report: Report): void {
  const slip = suggest(word, ['check']) !== undefined || line.includes('=');
  const message = word ? `unknown directive \`${word.slice(0, 40)}\`` : 'empty directive';
  const hint = slip
    ? 'did you mean `check`?'
    : `directives are ${['check', ...RELATION_WORDS, ...listNames(), 'groups'].map((one) => `\`//! ${one} …\``).join(', ')}; a plain comment starts with \`//\``;
  const fix = slip && word !== '' ? { span: { ...span, end: span.start + word.length }, text: 'check' } : undefined;
  report({ severity: slip ? 'error' : 'warning', code: 'unknown-directive', message, span, hint, fix });
}

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** What to write in place of the key, or of the value. */
  readonly instead?: string | undefined;
  /** Where in the word it is. */
  readonly offset: number;
}

/** Sets one `key=value`; what is wrong with it, if anything. */
function setKey(check: Mutable<CheckDirective>, match: RegExpMatchArray): Problem | undefined {
  const [word, name, quoted = ''] = match;
  if (name === undefined) {
    const hint = (keys() as readonly string[]).includes(word)
      ? `write \`${word}=…\`, without blanks around \`=\``
      : 'a check is written `//! check key=value …`; a value with blanks goes in double quotes';
    return { code: 'directive-word', message: `\`${word.slice(0, 40)}\` is not a \`key=value\``, hint, offset: 0 };
  }
  const key = keys().find((candidate) => candidate === name);
  if (!key) {
    const close = suggest(name.toLowerCase(), keys());
    const hint = close ? `did you mean \`${close}\`?` : `the keys are ${keys().join(', ')}`;
    return {
      code: 'directive-key',
      message: `a check has no key \`${name.slice(0, 40)}\``,
      hint,
      instead: close,
      offset: 0,
    };
  }
  if (check[key] !== undefined) {
    return { code: 'directive-duplicate', message: `\`${key}\` is given twice`, hint: 'keep one of them', offset: 0 };
  }
  if (/^"[^"]*$/.test(quoted)) {
    return {
      code: 'directive-value',
      message: 'this value is never closed',
      hint: 'close it with `"`',
      offset: key.length + 1,
    };
  }
  const value = /^".*"$/.test(quoted) ? quoted.slice(1, -1) : quoted;
  const problem = setValue(check, key, value);
  return problem && { code: 'directive-value', ...problem, offset: key.length + 1 };
}

function setValue(
  check: Mutable<CheckDirective>,
  key: Key,
  value: string,
): Pick<Problem, 'message' | 'hint' | 'instead'> | undefined {
  const shown = `\`${value.slice(0, 40)}\``;
  switch (key) {
    case 'name':
      if (value === '') return { message: 'the name is empty' };
      check.name = value;
      return undefined;
    case 'expect': {
      const expect = VERDICTS.find((verdict) => verdict === value);
      if (expect) check.expect = expect satisfies VerdictKind;
      const close = suggest(value.toLowerCase(), VERDICTS);
      const hint = close ? `did you mean \`${close}\`?` : `the verdicts are ${VERDICTS.join(', ')}`;
      return expect ? undefined : { message: `there is no verdict ${shown}`, hint, instead: close };
    }
    case 'allow': {
      const codes = value.split(',').map((code) => code.trim());
      check.allow = codes;
      const strange = codes.find((code) => !/^[a-z]+(?:-[a-z]+)*$/.test(code));
      if (strange === undefined) return undefined;
      return { message: `${shown} is no list of warnings`, hint: 'write `allow=short-eot,dead-rule`, without blanks' };
    }
    case 'faults':
      try {
        selectFaults(value);
        check.faults = value;
        return undefined;
      } catch (error) {
        return { message: (error as Error).message };
      }
    case 'groups': {
      const parsed = parseGroups(value);
      if ('problem' in parsed) return { message: parsed.problem, hint: 'write `groups="west = a b, east = c d"`' };
      check.groups = parsed.groups;
      return undefined;
    }
    case 'nodes': {
      const nodes = value.split(',').map((node) => node.trim());
      const twice = nodes.find((node, index) => nodes.indexOf(node) !== index);
      if (nodes.includes('')) return { message: 'a node name is empty', hint: 'write `nodes=a,b,c`, without blanks' };
      if (twice !== undefined) return { message: `the node \`${twice.slice(0, 40)}\` is named twice` };
      check.nodes = nodes;
      return undefined;
    }
    default: {
      if (isListName(key)) {
        const names = value.split(',').map((name) => name.trim());
        check[key] = names;
        return names.includes('') ? { message: 'a name is empty', hint: `write \`${key}=a,b\`` } : undefined;
      }
      const { least, most } = boundRanges()[key];
      const number = /^[0-9]{1,9}$/.test(value) ? Number(value) : -1;
      if (number < least || number > most) {
        return { message: `\`${key}\` is a whole number from ${least} to ${most}, not ${shown}` };
      }
      check[key] = number;
      return undefined;
    }
  }
}
