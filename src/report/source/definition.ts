/**
 * Where a module defines a protocol and its parts, found in the text: handlers by their names, properties in the
 * literal that `defineProtocol` or `defineSystem` is given.
 *
 * What is looked for is looked for first after the protocol's name, because a module may have several.
 */

import { codeOf } from '../../core/code.js';
import type { SourceFile, Span } from '../../dedalus/ast.js';
import { findProperty, type PropertyPath } from './literal.js';

/** Where something of this name is defined; undefined if it is not found. */
export function definitionOf(files: readonly SourceFile[], protocol: string, name: string): Span | undefined {
  const codes = codesOf(files, protocol);
  for (const pattern of definitions(name))
    for (const [file, { code, from }] of codes.entries()) {
      const offsets = [...code.matchAll(pattern)].map(({ index }) => index);
      const start = offsets.find((offset) => offset >= from) ?? offsets[0];
      if (start !== undefined) return { file, start, end: start + name.length };
    }
  return undefined;
}

/** `defineProtocol` or `defineSystem` where it is called; undefined if it is not found. */
export function callOf(files: readonly SourceFile[], protocol: string): Span | undefined {
  for (const [file, { code, from }] of codesOf(files, protocol).entries()) {
    const calls = callsIn(file, code);
    const call = calls.findLast(({ start }) => start <= from) ?? calls[0];
    if (call) return call;
  }
  return undefined;
}

/** The same by where it is known to stand or to begin: the last call up to there. */
export const callBefore = (files: readonly SourceFile[], { file, end }: Span): Span | undefined =>
  callsIn(file, codeOf(files[file]?.text ?? '')).findLast(({ start }) => start < end);

/**
 * The property that a path leads to, as deep as it can be found; else the call itself: the definition may have been
 * made elsewhere.
 * @param call where `defineProtocol` stands
 */
export function spanInDefinition(files: readonly SourceFile[], call: Span, path: PropertyPath): Span {
  const text = files[call.file]?.text ?? '';
  const argument = argumentOf(codeOf(text), call.end);
  const found = argument === undefined ? undefined : findProperty(text, argument, path);
  return found ? { file: call.file, start: found.start, end: found.end } : call;
}

/** The calls by its name, or by the one that an import gives it. */
function callsIn(file: number, code: string): Span[] {
  const aliases = [...code.matchAll(/\bdefine(?:Protocol|System)\s+as\s+(\w+)/g)].map(([, alias]) => alias);
  const names = ['defineProtocol', 'defineSystem', ...aliases].join('|');
  const calls = code.matchAll(new RegExp(`\\b(?:${names})(?=\\s*[(<])`, 'g'));
  return [...calls].map(({ 0: name, index }) => ({ file, start: index, end: index + name.length }));
}

/** `from`: the offset of the text that names the protocol, 0 if there is none. */
const codesOf = (files: readonly SourceFile[], protocol: string): { code: string; from: number }[] =>
  files.map(({ text }) => {
    const quoted = [`'${protocol}'`, `"${protocol}"`, `\`${protocol}\``];
    return { code: codeOf(text), from: Math.max(0, ...quoted.map((name) => text.indexOf(name))) };
  });

/** What defines something of a name, the surest first: a method, property or function; then a property in short. */
function definitions(name: string): RegExp[] {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return [
    new RegExp(`(?<![\\w$.])${escaped}(?=\\s*(?:\\(|:|=(?!=)))`, 'g'),
    new RegExp(`(?<![\\w$.])${escaped}(?=\\s*[,}])`, 'g'),
  ];
}

/** What follows the parenthesis, after the type arguments if there are any. */
function argumentOf(code: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < code.length; at++) {
    const c = code[at];
    if (c === '<') depth++;
    else if (c === '>' && code[at - 1] !== '=') depth--;
    else if (c === '(' && depth === 0) return at + 1;
  }
  return undefined;
}
