/**
 * Errors of protocols name a handler or another part of the definition, and people want the line.
 */
import { resolve } from 'node:path';
import type { ProtocolSubject } from '../../answer/protocol.js';
import type { Subject } from '../../answer/subject.js';
import { LdfiError } from '../../core/invariant.js';
import { visible } from '../../core/text.js';
import type { SourceFile, Span } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import { type Handler, spanInModule } from '../../report/reporters/locate.js';
import { callOf, spanInDefinition } from '../../report/source/definition.js';
import { complain, complainOnce, errorInWords } from '../io/terminal.js';
import { problemDiagnostics } from './definition-problems.js';
import { throwSite } from './load-errors.js';
import { complainOf } from './modules.js';

const WHOLE: Span = { file: 0, start: 0, end: 0 };

/** Says what a protocol's handlers did wrong. */
export const complainOfHandler = (subject: ProtocolSubject, error: LdfiError): void =>
  complainOf(handlerDiagnostics(subject, error), subject.files, complainOnce);

/** Says what ended work on a check: a mistake in handlers at its place, all else in a line. @param name of the check */
export function complainOfSearch(subject: Subject, name: string, error: unknown): void {
  const isLimit = error instanceof LdfiError && error.code.startsWith('limit-');
  if (error instanceof LdfiError && !isLimit && subject.mayThrow) complainOfHandler(subject as ProtocolSubject, error);
  else complain(`error: ${visible(`${subject.spec.roots.join(' ')} ${name}: ${errorInWords(error)}`)}\n`);
}

/**
 * What a protocol's handlers did wrong, at the part that the message names first, else where the protocol is defined.
 */
export function handlerDiagnostics({ files, protocol }: ProtocolSubject, error: LdfiError): Diagnostic[] {
  const { code, message, problems } = error;
  const call = callOf(files, protocol.name) ?? WHOLE;
  if (problems.length > 0) return problemDiagnostics(problems, files, call, protocol.name);
  const thrown = siteOf(error.cause ?? error, files);
  if (thrown) return [{ severity: 'error', code, message, span: thrown }];
  const part = /\b(onMessage|onTimer|init|start|check|actor)\b/.exec(message)?.[1] as Handler | 'actor' | undefined;
  const span = part === 'actor' ? spanInDefinition(files, call, [part]) : spanInModule(files, protocol.name, part);
  return [{ severity: 'error', code, message, span: span ?? WHOLE }];
}

/** Where the user's code threw, if it did and that is known. */
function siteOf(cause: unknown, files: readonly SourceFile[]): Span | undefined {
  const site = throwSite(
    cause,
    files.map(({ path }) => resolve(path)),
    files,
  );
  return site.end > 0 ? site : undefined;
}
