/**
 * The workspace as the server knows it: open documents, the programs they belong to, and what is published of them.
 */
import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SourceFile } from '../../dedalus/ast.js';
import type { LoadResult } from '../../dedalus/load.js';
import type { Place } from '../../editor/place.js';
import { isModule } from '../load/modules.js';
import { fileAddress, offsetIn } from './convert.js';
import { problemsOf } from './problems.js';
import { type Known, Programs } from './programs.js';
import { editorReader, idOf } from './reader.js';
import { specsBelow } from './scan.js';

/** A place in a document, as the front end has it. */
export interface Found {
  readonly loaded: LoadResult;
  readonly place: Place;
  readonly file: SourceFile;
}

export class Workspace {
  readonly programs: Programs;
  private readonly open = new Map<string, TextDocument>();
  private readonly reader = editorReader((id) => this.open.get(id)?.getText());
  private readonly dirty = new Set<string>();
  private readonly published = new Set<string>();
  private isScheduled = false;
  private isLoading = false;
  private scanned: Promise<void> = Promise.resolve();

  constructor(
    private readonly connection: Connection,
    documents: TextDocuments<TextDocument>,
  ) {
    this.programs = new Programs(this.reader);
    documents.onDidOpen(({ document }) => this.opened(document));
    documents.onDidChangeContent(({ document }) => this.edited(document));
    documents.onDidClose(({ document }) => this.closed(document));
  }

  /** The address of a file: that which the editor uses, if it is open. */
  readonly addressOf = (id: string): string => this.open.get(id)?.uri ?? fileAddress(id);

  /** What a file says now. */
  textOf(id: string): string | undefined {
    const read = this.reader.read(id, undefined);
    return read.ok ? read.text : undefined;
  }

  /** Ids and texts of all open documents. */
  texts(): [string, string][] {
    return [...this.open].map(([id, document]) => [id, document.getText()]);
  }

  /** A place in a document, by the program that it belongs to first; undefined if it is none of a spec. */
  at(uri: string, position: { line: number; character: number }): Found | undefined {
    const found = this.fileAt(uri);
    if (!found) return undefined;
    const offset = offsetIn(found.file, position);
    return { ...found, place: { file: found.number, offset } };
  }

  fileAt(uri: string): { loaded: LoadResult; file: SourceFile; number: number } | undefined {
    const id = idOf(uri);
    if (isOfModule(id)) return undefined;
    this.flush();
    const [{ loaded }] = this.programs.of(id);
    const number = loaded.tree.ids.indexOf(id);
    const file = loaded.files[number];
    return file && { loaded, file, number };
  }

  /** Looks for specs in folders, and loads them bit by bit. */
  scan(folders: readonly string[]): void {
    this.scanned = this.look(folders);
  }

  /** All programs of the workspace, once it has been looked through. */
  async everything(): Promise<Known[]> {
    await this.scanned;
    this.flush();
    return this.programs.all();
  }

  private async look(folders: readonly string[]): Promise<void> {
    for (const path of await specsBelow(folders)) this.programs.add(idOf(fileAddress(path)), false);
    this.loadRest();
  }

  private loadRest(): void {
    if (this.isLoading) return;
    this.isLoading = true;
    setImmediate(this.loadOn);
  }

  private readonly loadOn = (): void => {
    const one = this.programs.loadOne();
    this.isLoading = one !== undefined;
    if (!one) return;
    // A file that is open may turn out to belong to it.
    const ids = one.loaded.tree.ids.filter((id) => id !== undefined);
    if (ids.some((id) => this.open.has(id))) this.soon(ids);
    setImmediate(this.loadOn);
  };

  /** Files on the disk have come, gone or changed. */
  filesChanged(changes: readonly { readonly id: string; readonly isGone: boolean }[]): void {
    for (const { id, isGone } of changes) {
      if (isGone && !this.open.has(id)) this.programs.remove(id);
      else if (id.endsWith('.ded')) this.programs.add(id, false);
    }
    this.soon(changes.map(({ id }) => id));
    this.loadRest();
  }

  private opened(document: TextDocument): void {
    const id = idOf(document.uri);
    if (isOfModule(id)) return;
    this.open.set(id, document);
    if (!id.endsWith('.inc')) this.programs.add(id, true);
    this.soon([id]);
  }

  private edited(document: TextDocument): void {
    const id = idOf(document.uri);
    this.open.set(id, document);
    if (!isOfModule(id)) this.soon([id]);
  }

  private closed(document: TextDocument): void {
    const id = idOf(document.uri);
    this.open.delete(id);
    if (this.textOf(id) === undefined) this.programs.remove(id);
    this.soon([id]);
  }

  /** Publishes again what these files are in, when all that has come in has been read. */
  private soon(ids: readonly string[]): void {
    for (const id of ids) this.dirty.add(id);
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.flush());
  }

  private flush(): void {
    this.isScheduled = false;
    if (this.dirty.size === 0) return;
    const touched = this.programs.changed(this.dirty);
    this.dirty.clear();
    const wanted = new Set<string>();
    for (const id of [...this.open.keys()].filter((one) => !isOfModule(one))) {
      wanted.add(id);
      for (const { loaded } of this.programs.of(id)) for (const own of loaded.tree.ids) if (own) wanted.add(own);
    }
    for (const id of wanted) if (touched.has(id) || !this.published.has(id)) this.publish(id);
    for (const id of [...this.published].filter((one) => !wanted.has(one))) {
      this.published.delete(id);
      this.send(id, []);
    }
  }

  private publish(id: string): void {
    this.published.add(id);
    this.send(id, problemsOf(id, this.programs.of(id), this.addressOf));
  }

  private send(id: string, diagnostics: ReturnType<typeof problemsOf>): void {
    const version = this.open.get(id)?.version;
    const params = { uri: this.addressOf(id), diagnostics, ...(version !== undefined && { version }) };
    void this.connection.sendDiagnostics(params);
  }
}

/** Whether a document is of a module with protocols, of which only the checks are of interest. */
export const isOfModule = (id: string): boolean => isModule(id);
