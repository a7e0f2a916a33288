/**
 * Where a handler stands in the source: errors of protocols name a handler, and people want the line.
 */

import type { LdfiError } from '../core/invariant.js';
import type { Span } from '../dedalus/ast.js';
import type { Diagnostic } from '../dedalus/diagnostic.js';
import { complainOf } from './modules.js';
import type { ProtocolSubject } from './subject.js';

/** Says what a protocol's handlers did wrong, at the handler. */
export function complainOfHandler(subject: ProtocolSubject, { code, message }: LdfiError): void {
  const diagnostic: Diagnostic = { severity: 'error', code, message, span: handlerSpan(subject, message) };
  complainOf([diagnostic], subject.files);
}

/** The definition of the handler that a message begins with, else that of the protocol; an empty span if neither is found. */
export function handlerSpan({ files, protocol }: ProtocolSubject, message: string): Span {
  const handler = /\b(onMessage|onTimer|init|check|state)\b/.exec(message)?.[1];
  for (const name of handler === undefined ? ['defineProtocol'] : [handler, 'defineProtocol'])
    for (const [file, { text }] of files.entries()) {
      const at = definition(text, name, protocol.name);
      if (at !== undefined) return { file, start: at, end: at + name.length };
    }
  return { file: 0, start: 0, end: 0 };
}

/** Where `name` is defined; of several places the first one after the protocol is named. */
function definition(text: string, name: string, protocol: string): number | undefined {
  const pattern = name === 'defineProtocol' ? /\bdefineProtocol\s*[(<]/g : new RegExp(`\\b${name}\\s*[(:=]`, 'g');
  const places = [...text.matchAll(pattern)].map(({ index }) => index);
  const named = ["'", '"', '`'].map((quote) => text.indexOf(`${quote}${protocol}${quote}`)).find((at) => at >= 0) ?? 0;
  if (name === 'defineProtocol') return places.filter((at) => at < named).pop() ?? places[0];
  return places.find((at) => at > named) ?? places[0];
}
