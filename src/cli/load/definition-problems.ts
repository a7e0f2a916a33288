/**
 * What is wrong with a protocol's definition as diagnostics: one per problem, at the property that it is about.
 */
import type { Problem } from '../../core/invariant.js';
import type { SourceFile, Span } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import { definitionOf, spanInDefinition } from '../../report/source/definition.js';

/** @param call where `defineProtocol` is called */
export function problemDiagnostics(
  problems: readonly Problem[],
  files: readonly SourceFile[],
  call: Span,
  protocol = '',
): Diagnostic[] {
  const diagnostics = problems.map(({ path, message, hint }): Diagnostic => {
    const [part, name] = path;
    // What an actor is made of stands in a function, or elsewhere: it is looked for by its name.
    const handler = part === 'actor' && typeof name === 'string' ? definitionOf(files, protocol, name) : undefined;
    return {
      severity: 'error',
      code: 'bad-protocol',
      message,
      hint,
      span: handler ?? spanInDefinition(files, call, path),
    };
  });
  return diagnostics.sort((a, b) => a.span.file - b.span.file || a.span.start - b.span.start);
}

/** The problems of an error that may come from another copy of this package, and so from another version. */
export function problemsIn(error: unknown): Problem[] {
  const { problems } = error as { problems?: unknown };
  if (!Array.isArray(problems)) return [];
  return problems.filter(
    (it: Partial<Problem> | undefined): it is Problem => typeof it?.message === 'string' && Array.isArray(it.path),
  );
}
