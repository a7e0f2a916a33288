/**
 * Mistakes of modules with protocols, as diagnostics: what loading and running showed, at the line that did it, until
 * the file says something else.
 *
 * To load a module is to run it, so it is loaded when a check is run; when it is saved, only if the editor's settings
 * say so.
 */
import { type Connection, DiagnosticSeverity, type TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Answer, type Mistake, NO_CHECK } from './messages.js';
import { idOf } from './reader.js';
import { Cancelled, type Runs } from './runs.js';
import { isOfModule, type Workspace } from './workspace.js';

/** Seconds that loading may take. */
const LOADING = 30;

export class ModuleMistakes {
  /** By the module that was run: it may be what it imports that is wrong. */
  private readonly known = new Map<string, readonly Mistake[]>();
  private readonly loading = new Map<string, AbortController>();

  constructor(
    private readonly connection: Connection,
    private readonly workspace: Workspace,
    private readonly runs: Runs,
  ) {}

  /** @param loadsOnSave whether a module is loaded when it is saved */
  follow(documents: TextDocuments<TextDocument>, loadsOnSave: () => boolean): void {
    documents.onDidChangeContent(({ document }) => this.edited(idOf(document.uri)));
    documents.onDidSave(({ document }) => {
      const id = idOf(document.uri);
      if (loadsOnSave() && isOfModule(id) && /['"]ldfi['"]/.test(document.getText())) void this.load(id);
    });
  }

  /** Shows what a run of a module said, in place of what runs of it said before. */
  answered(id: string, { mistakes }: Answer): void {
    if (!isOfModule(id)) return;
    const before = this.known.get(id) ?? [];
    this.known.set(id, mistakes);
    this.publish([...before, ...mistakes].map(({ path }) => path));
  }

  private async load(id: string): Promise<void> {
    this.loading.get(id)?.abort();
    const controller = new AbortController();
    this.loading.set(id, controller);
    const request = { path: id, key: NO_CHECK, seconds: LOADING, texts: [] };
    try {
      this.answered(id, await this.runs.run(request, controller.signal, () => undefined));
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    } finally {
      if (this.loading.get(id) === controller) this.loading.delete(id);
    }
  }

  /** What was said of another text stands at the wrong place. */
  private edited(id: string): void {
    if (![...this.known.values()].some((mistakes) => mistakes.some(({ path }) => path === id))) return;
    for (const [root, mistakes] of this.known)
      this.known.set(
        root,
        mistakes.filter(({ path }) => path !== id),
      );
    this.publish([id]);
  }

  private publish(paths: readonly string[]): void {
    for (const path of new Set(paths)) {
      const all = [...this.known.values()].flat().filter((mistake) => mistake.path === path);
      const once = [...new Map(all.map((mistake) => [JSON.stringify(mistake), mistake])).values()];
      const diagnostics = once.map(({ range, code, message }) => ({
        range,
        code,
        message,
        severity: DiagnosticSeverity.Error,
        source: 'ldfi',
      }));
      void this.connection.sendDiagnostics({ uri: this.workspace.addressOf(path), diagnostics });
    }
  }
}
