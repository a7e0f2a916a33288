/**
 * Offsets and spans of the front end, as the lines and columns of the protocol.
 */
import { pathToFileURL } from 'node:url';
import type {
  DiagnosticRelatedInformation,
  Location,
  Position,
  Diagnostic as Problem,
  Range,
} from 'vscode-languageserver/node';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { visible } from '../../core/text.js';
import type { SourceFile, Span } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';

const documents = new WeakMap<SourceFile, TextDocument>();

function documentOf(file: SourceFile): TextDocument {
  const known = documents.get(file) ?? TextDocument.create(file.path, 'ded', 0, file.text);
  documents.set(file, known);
  return known;
}

export const offsetIn = (file: SourceFile, position: Position): number => documentOf(file).offsetAt(position);

export function rangeIn(file: SourceFile | undefined, { start, end }: Omit<Span, 'file'>): Range {
  const document = file && documentOf(file);
  const none = { line: 0, character: 0 };
  return { start: document?.positionAt(start) ?? none, end: document?.positionAt(end) ?? none };
}

/** The address of a file by its id; that which the editor uses if it is open. */
export type Addresses = (id: string) => string;

export const fileAddress = (id: string): string => (/^[a-z][a-z0-9+.-]+:/i.test(id) ? id : pathToFileURL(id).href);

export const locationOf = (files: readonly SourceFile[], span: Span, addressOf: Addresses): Location => ({
  uri: addressOf(files[span.file]?.path ?? ''),
  range: rangeIn(files[span.file], span),
});

/** A diagnostic as editors show it: its hint is a line of the message. */
export function problemOf(
  { severity, code, message, span, hint, related = [] }: Diagnostic,
  files: readonly SourceFile[],
  addressOf: Addresses,
): Problem {
  const places = related.map((place): DiagnosticRelatedInformation => {
    return { location: locationOf(files, place.span, addressOf), message: visible(place.message) };
  });
  return {
    severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: 'ldfi',
    code,
    message: visible(message) + (hint === undefined ? '' : `\nhelp: ${visible(hint)}`),
    range: rangeIn(files[span.file], span),
    ...(places.length > 0 && { relatedInformation: places }),
  };
}
