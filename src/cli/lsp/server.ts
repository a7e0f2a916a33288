/**
 * The language server: what an editor says on one stream is answered on another, as the Language Server Protocol 3.17
 * has it. It ends with the editor.
 */
import { Console } from 'node:console';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
  CodeActionKind,
  createConnection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { z } from 'zod';
import { visible } from '../../core/text.js';
import { version } from '../../files/package.js';
import { EXIT } from '../../report/meaning.js';
import { Checks, COMMANDS, type Wishes } from './checks.js';
import { offerFeatures } from './features.js';
import { ModuleMistakes } from './module-mistakes.js';
import { idOf } from './reader.js';
import { Runs } from './runs.js';
import { Workspace } from './workspace.js';

/** What an editor may say of its wishes. */
const options = z.object({
  timeout: z.number().positive().max(86_400).catch(60).default(60),
  reports: z.boolean().catch(false).default(false),
  loadOnSave: z.boolean().catch(false).default(false),
});

/** Serves until the editor ends it, which ends the process. */
export function serve(input: Readable, output: Writable): Promise<never> {
  // Whatever is printed by mistake must not come between two messages.
  globalThis.console = new Console(process.stderr, process.stderr);
  const tell = (error: unknown): void => console.error(`ldfi lsp: ${visible(String(error))}`);
  // An editor that refuses a request of ours is no reason to end.
  process.on('unhandledRejection', tell);
  // So that runs end, too.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(EXIT.inconclusive));
  const connection = createConnection(input as NodeJS.ReadableStream, output as NodeJS.WritableStream);
  const documents = new TextDocuments(TextDocument);
  const workspace = new Workspace(connection, documents);
  let wishes: Wishes = {
    seconds: 60,
    showsReports: false,
    loadsOnSave: false,
    refreshesLenses: false,
    refreshesHints: false,
  };
  const runs = new Runs(process.argv[1] ?? '');
  const mistakes = new ModuleMistakes(connection, workspace, runs);
  const checks = new Checks(connection, workspace, runs, mistakes, () => wishes);
  let client: InitializeParams | undefined;
  connection.onInitialize((params) => {
    client = params;
    const { timeout, reports, loadOnSave } = options
      .catch({ timeout: 60, reports: false, loadOnSave: false })
      .parse(params.initializationOptions ?? {});
    wishes = {
      seconds: timeout,
      showsReports: reports,
      loadsOnSave: loadOnSave,
      refreshesLenses: params.capabilities.workspace?.codeLens?.refreshSupport ?? false,
      refreshesHints: params.capabilities.workspace?.inlayHint?.refreshSupport ?? false,
    };
    return capabilities();
  });
  connection.onInitialized(() => {
    const watchers = [{ globPattern: '**/*.{ded,inc}' }];
    if (client?.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration)
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(tell);
    workspace.scan(client ? foldersOf(client) : []);
  });
  connection.onDidChangeWatchedFiles(({ changes }) =>
    workspace.filesChanged(
      changes.map(({ uri, type }) => ({ id: idOf(uri), isGone: type === FileChangeType.Deleted })),
    ),
  );
  offerFeatures(connection, workspace);
  checks.offer();
  mistakes.follow(documents, () => wishes.loadsOnSave);
  documents.listen(connection);
  connection.listen();
  return new Promise(() => undefined);
}

const capabilities = (): InitializeResult => ({
  serverInfo: { name: 'ldfi', version: version() },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    documentFormattingProvider: true,
    completionProvider: { triggerCharacters: ['@', '=', '('] },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
    codeLensProvider: {},
    inlayHintProvider: true,
    executeCommandProvider: { commands: Object.values(COMMANDS), workDoneProgress: true },
  },
});

/** The folders of the workspace, as paths. */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.filter((uri) => uri.startsWith('file:')).map((uri) => fileURLToPath(uri));
}
