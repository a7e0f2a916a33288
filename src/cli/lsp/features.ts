/**
 * Hover, definition, references, rename, outline, formatting, completion and quick fixes: what the editor asks of a
 * place, answered by `src/editor`.
 */
import {
  CodeActionKind,
  CompletionItemKind,
  type Connection,
  DocumentHighlightKind,
  type DocumentSymbol,
  type Location,
  LSPErrorCodes,
  MarkupKind,
  ResponseError,
  SymbolKind,
  type TextEdit,
} from 'vscode-languageserver/node';
import type { SourceFile, Span } from '../../dedalus/ast.js';
import type { LoadResult } from '../../dedalus/load.js';
import { type Completion, complete } from '../../editor/completion.js';
import { fixes } from '../../editor/fixes.js';
import { format } from '../../editor/format/format.js';
import { hover } from '../../editor/hover.js';
import { definitions, references, rename, renameable } from '../../editor/names.js';
import { type Entry, outline } from '../../editor/outline.js';
import type { Place } from '../../editor/place.js';
import { locationOf, offsetIn, problemOf, rangeIn } from './convert.js';
import { idOf } from './reader.js';
import type { Workspace } from './workspace.js';

const COMPLETION_KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  relation: CompletionItemKind.Function,
  variable: CompletionItemKind.Variable,
  keyword: CompletionItemKind.Keyword,
  value: CompletionItemKind.Value,
};

const SYMBOL_KINDS: Readonly<Record<Entry['kind'], SymbolKind>> = {
  include: SymbolKind.File,
  check: SymbolKind.Event,
  relation: SymbolKind.Class,
  rule: SymbolKind.Method,
  fact: SymbolKind.Constant,
};

export function offerFeatures(connection: Connection, workspace: Workspace): void {
  offerLooks(connection, workspace);
  offerChanges(connection, workspace);
}

/** What only looks. */
function offerLooks(connection: Connection, workspace: Workspace): void {
  connection.onHover(({ textDocument, position }) => {
    const found = workspace.at(textDocument.uri, position);
    const shown = found && hover(found.loaded, found.place);
    if (!shown) return null;
    return { contents: { kind: MarkupKind.Markdown, value: shown.markdown }, range: rangeIn(found.file, shown.span) };
  });
  connection.onDefinition(({ textDocument, position }) =>
    everywhere(workspace, textDocument.uri, position, definitions),
  );
  connection.onReferences(({ textDocument, position, context }) =>
    everywhere(workspace, textDocument.uri, position, (loaded, place) =>
      references(loaded, place, context.includeDeclaration),
    ),
  );
  connection.onDocumentHighlight(({ textDocument, position }) => {
    const found = workspace.at(textDocument.uri, position);
    if (!found) return null;
    const own = references(found.loaded, found.place).filter(({ file }) => file === found.place.file);
    return own.map((span) => ({ range: rangeIn(found.file, span), kind: DocumentHighlightKind.Text }));
  });
  connection.onDocumentSymbol(({ textDocument }) => {
    const found = workspace.fileAt(textDocument.uri);
    return found ? outline(found.loaded, found.number).map((entry) => symbolOf(found.file, entry)) : null;
  });
}

/** What gives edits. */
function offerChanges(connection: Connection, workspace: Workspace): void {
  const { addressOf } = workspace;
  connection.onPrepareRename(({ textDocument, position }) => {
    const found = workspace.at(textDocument.uri, position);
    if (!found) return null;
    const able = renameable(found.loaded, found.place);
    if ('problem' in able) throw new ResponseError(LSPErrorCodes.RequestFailed, able.problem);
    return rangeIn(found.file, able.span);
  });
  connection.onRenameRequest(async ({ textDocument, position, newName }) => {
    const programs = (await workspace.everything()).map(({ loaded }) => loaded);
    const found = workspace.at(textDocument.uri, position);
    if (!found) return null;
    const renamed = rename(found.loaded, found.place, programs, newName);
    if ('problem' in renamed) throw new ResponseError(LSPErrorCodes.RequestFailed, renamed.problem);
    const changes: Record<string, TextEdit[]> = {};
    for (const { id, span } of renamed.places) {
      const uri = addressOf(id);
      changes[uri] ??= [];
      changes[uri].push({ range: rangeIn(fileOf([found.loaded, ...programs], id), span), newText: newName });
    }
    return { changes };
  });
  connection.onDocumentFormatting(({ textDocument }) => {
    const found = workspace.fileAt(textDocument.uri);
    const done = found && format(found.file.text);
    return found && done && 'text' in done ? edits(found.file, done.text) : null;
  });
  connection.onCompletion(({ textDocument, position }) => {
    const found = workspace.at(textDocument.uri, position);
    if (!found) return null;
    const { start, items } = complete(found.loaded, found.place);
    const range = rangeIn(found.file, { start, end: found.place.offset });
    return items.map(({ label, kind, text, detail, documentation }) => ({
      label,
      kind: COMPLETION_KINDS[kind],
      detail,
      textEdit: { range, newText: text },
      ...(documentation !== '' && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    }));
  });
  connection.onCodeAction(({ textDocument, range }) => {
    const found = workspace.fileAt(textDocument.uri);
    if (!found) return null;
    const { loaded, file, number } = found;
    const [start, end] = [offsetIn(file, range.start), offsetIn(file, range.end)];
    return fixes(loaded, number, start, end).map(({ title, diagnostic, edits: own, isPreferred }) => ({
      title,
      kind: CodeActionKind.QuickFix,
      isPreferred,
      diagnostics: [problemOf(diagnostic, loaded.files, addressOf)],
      edit: {
        changes: { [textDocument.uri]: own.map(({ span, text }) => ({ range: rangeIn(file, span), newText: text })) },
      },
    }));
  });
}

/** What is to be found of a place in each program that its file is in, each location once. */
async function everywhere(
  workspace: Workspace,
  uri: string,
  position: Parameters<Workspace['at']>[1],
  find: (loaded: LoadResult, place: Place) => readonly Span[],
): Promise<Location[] | null> {
  // One that was not loaded yet may use what is there.
  await workspace.everything();
  const found = workspace.at(uri, position);
  if (!found) return null;
  const id = idOf(uri);
  const locations = workspace.programs.of(id).flatMap(({ loaded }) => {
    const place = { file: loaded.tree.ids.indexOf(id), offset: found.place.offset };
    return find(loaded, place).map((span) => locationOf(loaded.files, span, workspace.addressOf));
  });
  return [...new Map(locations.map((one) => [JSON.stringify(one), one])).values()];
}

const fileOf = (programs: readonly LoadResult[], id: string): SourceFile | undefined => {
  for (const { tree, files } of programs) if (tree.ids.includes(id)) return files[tree.ids.indexOf(id)];
  return undefined;
};

const symbolOf = (file: SourceFile, { kind, name, detail, span, nameSpan, children }: Entry): DocumentSymbol => ({
  kind: SYMBOL_KINDS[kind],
  name,
  detail,
  range: rangeIn(file, span),
  selectionRange: rangeIn(file, nameSpan),
  children: children.map((child) => symbolOf(file, child)),
});

/** The one edit between what two texts begin and end with alike. */
function edits(file: SourceFile, text: string): TextEdit[] {
  if (file.text === text) return [];
  const most = Math.min(file.text.length, text.length);
  let start = 0;
  while (start < most && file.text[start] === text[start]) start++;
  let same = 0;
  while (same < most - start && file.text.at(-1 - same) === text.at(-1 - same)) same++;
  const range = rangeIn(file, { start, end: file.text.length - same });
  return [{ range, newText: text.slice(start, text.length - same) }];
}
