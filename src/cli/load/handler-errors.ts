/**
 * Errors of protocols name a handler or another part of the definition, and people want the line.
 */
import { resolve } from 'node:path';
import type { ProtocolSubject } from '../../answer/protocol.js';
import type { LdfiError } from '../../core/invariant.js';
import type { SourceFile, Span } from '../../dedalus/ast.js';
import { type Handler, spanInModule } from '../../report/reporters/locate.js';
import { callOf, spanInDefinition } from '../../report/source/definition.js';
import { complainOnce } from '../io/terminal.js';
import { problemDiagnostics } from './definition-problems.js';
import { throwSite } from './load-errors.js';
import { complainOf } from './modules.js';

const WHOLE: Span = { file: 0, start: 0, end: 0 };

/**
 * Says what a protocol's handlers did wrong, at the part that the message names first, else where the protocol is
 * defined.
 */
export function complainOfHandler({ files, protocol }: ProtocolSubject, error: LdfiError): void {
  const { code, message, problems } = error;
  const call = callOf(files, protocol.name) ?? WHOLE;
  if (problems.length > 0) {
    complainOf(problemDiagnostics(problems, files, call, protocol.name), files, complainOnce);
    return;
  }
  const thrown = siteOf(error.cause ?? error, files);
  if (thrown) {
    complainOf([{ severity: 'error', code, message, span: thrown }], files, complainOnce);
    return;
  }
  const part = /\b(onMessage|onTimer|init|start|check|actor)\b/.exec(message)?.[1] as Handler | 'actor' | undefined;
  const span = part === 'actor' ? spanInDefinition(files, call, [part]) : spanInModule(files, protocol.name, part);
  complainOf([{ severity: 'error', code, message, span: span ?? WHOLE }], files, complainOnce);
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
