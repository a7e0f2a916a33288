/**
 * Errors of protocols name a handler, and people want the line.
 */
import type { LdfiError } from '../core/invariant.js';
import type { Diagnostic } from '../dedalus/diagnostic.js';
import { type Handler, spanInModule } from '../report/reporters/locate.js';
import { complainOf } from './modules.js';
import type { ProtocolSubject } from './subject.js';

/** Says what a protocol's handlers did wrong, at the handler that the message names first, else where the protocol is defined. */
export function complainOfHandler({ files, protocol }: ProtocolSubject, { code, message }: LdfiError): void {
  const handler = /\b(onMessage|onTimer|init|check)\b/.exec(message)?.[1] as Handler | undefined;
  const span = spanInModule(files, protocol.name, handler) ?? { file: 0, start: 0, end: 0 };
  const diagnostic: Diagnostic = { severity: 'error', code, message, span };
  complainOf([diagnostic], files);
}
