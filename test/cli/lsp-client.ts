/**
 * An editor, as far as the language server can tell: the built server on its stdin and stdout, and what it says.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { BIN, environment } from './support.js';

/** A loaded machine may take this long for anything. */
const PATIENCE = 60_000;

const CAPABILITIES = {
  workspace: {
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
};

export class Editor {
  readonly child: ChildProcessWithoutNullStreams;
  readonly connection: ReturnType<typeof createProtocolConnection>;
  /** Exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  stderr = '';
  private readonly published = new Map<string, PublishDiagnosticsParams>();
  private readonly watchers = new Set<() => void>();
  private readonly documents = new Map<string, TextDocument>();
  readonly messages: string[] = [];

  constructor(readonly folder: string) {
    this.child = spawn(process.execPath, [BIN, 'lsp', '--stdio'], { cwd: folder, env: environment() });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.child.stdout),
      new StreamMessageWriter(this.child.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, params);
      for (const watcher of this.watchers) watcher();
    });
    this.connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.messages.push(message);
    });
    for (const method of ['workspace/inlayHint/refresh', 'workspace/codeLens/refresh', 'client/registerCapability'])
      this.connection.onRequest(method, () => null);
    this.connection.listen();
    // Whoever still waits for an answer gets none.
    this.child.once('close', () => this.connection.dispose());
  }

  async initialize(initializationOptions: unknown = {}): Promise<{ capabilities: Record<string, unknown> }> {
    const workspaceFolders = [{ uri: pathToFileURL(this.folder).href, name: 'test' }];
    const params = {
      processId: process.pid,
      rootUri: null,
      workspaceFolders,
      capabilities: CAPABILITIES,
      initializationOptions,
    };
    const result = await this.connection.sendRequest('initialize', params);
    await this.connection.sendNotification('initialized', {});
    return result as { capabilities: Record<string, unknown> };
  }

  uri = (name: string): string => pathToFileURL(join(this.folder, name)).href;

  /** Opens a file of the folder, with the text of the disk or another one. */
  async open(name: string, text = readFileSync(join(this.folder, name), 'utf8'), languageId = 'ded'): Promise<void> {
    const uri = this.uri(name);
    this.documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Types: replaces the first `from` of a document by `to`. @returns the version after that */
  async type(name: string, from: string, to: string): Promise<number> {
    const document = this.document(name);
    const start = document.getText().indexOf(from);
    if (start < 0) throw new Error(`${from} is not in ${name}`);
    const range = { start: document.positionAt(start), end: document.positionAt(start + from.length) };
    const version = document.version + 1;
    const contentChanges = [{ range, text: to }];
    TextDocument.update(document, contentChanges, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: document.uri, version },
      contentChanges,
    });
    return version;
  }

  document(name: string): TextDocument {
    const document = this.documents.get(this.uri(name));
    if (!document) throw new Error(`${name} is not open`);
    return document;
  }

  /** The place of a text in an open document: the beginning of its `nth` occurrence, and some characters on. */
  at(
    name: string,
    text: string,
    further = 0,
    nth = 0,
  ): { textDocument: { uri: string }; position: { line: number; character: number } } {
    const document = this.document(name);
    let offset = -1;
    for (let i = 0; i <= nth; i++) offset = document.getText().indexOf(text, offset + 1);
    if (offset < 0) throw new Error(`${text} is not in ${name}`);
    return { textDocument: { uri: document.uri }, position: document.positionAt(offset + further) };
  }

  ask = <T>(method: string, params: unknown): Promise<T> => this.connection.sendRequest(method, params) as Promise<T>;

  /** The diagnostics of a file, once they are as wanted. */
  diagnostics(
    name: string,
    wanted: (params: PublishDiagnosticsParams) => boolean = () => true,
    patience = PATIENCE,
  ): Promise<Diagnostic[]> {
    const uri = this.uri(name);
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const params = this.published.get(uri);
        if (!params || !wanted(params)) return;
        clearTimeout(timer);
        this.watchers.delete(look);
        resolve(params.diagnostics);
      };
      const late = (): void =>
        reject(new Error(`no such diagnostics: ${JSON.stringify(this.published.get(uri))}\n${this.stderr}`));
      const timer = setTimeout(late, patience);
      this.watchers.add(look);
      look();
    });
  }

  /** The codes of the diagnostics of this version of a file. */
  async codes(name: string, version = this.document(name).version): Promise<unknown[]> {
    const found = await this.diagnostics(name, (params) => params.version === version);
    return found.map(({ code }) => code);
  }

  /** @returns its exit code */
  async shutdown(): Promise<number | null> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    return this.ended;
  }
}

/** A text with edits in it. */
export const edited = (text: string, edits: readonly TextEdit[]): string =>
  TextDocument.applyEdits(TextDocument.create('x', 'ded', 0, text), [...edits]);
