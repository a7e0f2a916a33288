/**
 * 'Run this check' beside the checks of a file, and the verdict behind each once it was run.
 *
 * Running a module runs what the user wrote in it, so nothing is run unless somebody asks for it.
 */
import {
  type CancellationToken,
  type CodeLens,
  type Connection,
  type InlayHint,
  LSPErrorCodes,
  MarkupKind,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver/node';
import { z } from 'zod';
import { visibleLines } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import { checksOf, checksOfModule, type FoundCheck } from '../../editor/checks.js';
import { readText } from '../io/files.js';
import { rangeIn } from './convert.js';
import { ALL_CHECKS, type Answer } from './messages.js';
import type { ModuleMistakes } from './module-mistakes.js';
import { idOf } from './reader.js';
import { Cancelled, type Runs } from './runs.js';
import { Verdicts } from './verdicts.js';
import { isOfModule, type Workspace } from './workspace.js';

/** Commands that an editor may send. */
export const COMMANDS = { run: 'ldfi.runCheck', stop: 'ldfi.stopRuns' } as const;
/** A command of editors that show reports, and the request by which they get them. */
const OPEN_REPORT = 'ldfi.openReport';
const REPORT_REQUEST = 'ldfi/report';

/** What an editor wants, and can do. */
export interface Wishes {
  /** Seconds of one run. */
  readonly seconds: number;
  readonly showsReports: boolean;
  /** Whether modules are loaded when they are saved, which runs what is in them. */
  readonly loadsOnSave: boolean;
  /** Whether lenses and hints can be asked for again. */
  readonly refreshesLenses: boolean;
  readonly refreshesHints: boolean;
}

const target = z.tuple([z.string(), z.string()]);

export class Checks {
  private readonly verdicts: Verdicts;
  private readonly going = new Set<AbortController>();

  constructor(
    private readonly connection: Connection,
    private readonly workspace: Workspace,
    private readonly runs: Runs,
    private readonly mistakes: ModuleMistakes,
    private readonly wishes: () => Wishes,
  ) {
    this.verdicts = new Verdicts((id) => workspace.textOf(id));
  }

  offer(): void {
    this.connection.onCodeLens(({ textDocument }) => this.lenses(textDocument.uri));
    this.connection.languages.inlayHint.on(({ textDocument }) => this.hints(textDocument.uri));
    this.connection.onExecuteCommand(async ({ command, arguments: given }, token, progress) => {
      if (command === COMMANDS.stop) for (const one of this.going) one.abort();
      if (command !== COMMANDS.run) return null;
      const parsed = target.safeParse(given?.slice(0, 2));
      if (!parsed.success)
        throw new ResponseError(LSPErrorCodes.RequestFailed, `${COMMANDS.run} takes an address and a check`);
      return await this.run(...parsed.data, token, progress);
    });
    this.connection.onRequest(REPORT_REQUEST, (params: unknown) => {
      const [uri, key] = target.parse(params);
      return this.verdicts.report(idOf(uri), key) ?? null;
    });
  }

  /** The checks of a document, that of all together first if there are several. */
  private checks(uri: string): { readonly file: SourceFile; readonly found: FoundCheck[] } | undefined {
    const id = idOf(uri);
    if (isOfModule(id)) {
      const file = { path: id, text: this.workspace.textOf(id) ?? '' };
      const at = /^export default\b/m.exec(file.text)?.index;
      const all = at === undefined || !/['"]ldfi['"]/.test(file.text) ? [] : [allAt(0, at)];
      return { file, found: [...all, ...checksOfModule(file.text)] };
    }
    const found = this.workspace.fileAt(uri);
    if (!found) return undefined;
    const own = this.workspace.programs.of(id).find(({ root }) => root === id);
    const checks = own ? checksOf(own.loaded.tree) : [];
    const [first] = checks;
    return { file: found.file, found: first && checks.length > 1 ? [allAt(0, first.span.start), ...checks] : checks };
  }

  private lenses(uri: string): CodeLens[] | null {
    const checks = this.checks(uri);
    if (!checks) return null;
    return checks.found.flatMap(({ key, title, span }) => {
      const range = rangeIn(checks.file, span);
      const run = key === ALL_CHECKS ? 'Run all checks' : 'Run this check';
      const lenses: CodeLens[] = [
        { range, command: { title: `▷ ${run}`, command: COMMANDS.run, arguments: [uri, key] } },
      ];
      const hasReport = this.wishes().showsReports && this.verdicts.report(idOf(uri), key) !== undefined;
      if (hasReport)
        lenses.push({ range, command: { title: 'Open report', command: OPEN_REPORT, arguments: [uri, key, title] } });
      return lenses;
    });
  }

  private hints(uri: string): InlayHint[] | null {
    const checks = this.checks(uri);
    if (!checks) return null;
    const id = idOf(uri);
    return checks.found.flatMap((check) => {
      const { key, span } = check;
      const verdict = this.verdicts.of(id, check, isOfModule(id) ? undefined : Number(key));
      if (!verdict || (key === ALL_CHECKS && !isOfModule(id))) return [];
      const end = key === ALL_CHECKS ? endOfLine(checks.file, span.start) : span.end;
      const tooltip = verdict.details.map((line) => `- ${line.replace(/[\\`*_{}[\]<>#|]/g, '\\$&')}`).join('\n');
      return {
        position: rangeIn(checks.file, { start: end, end }).end,
        label: verdict.label,
        paddingLeft: true,
        ...(tooltip !== '' && { tooltip: { kind: MarkupKind.Markdown, value: tooltip } }),
      };
    });
  }

  private async run(
    uri: string,
    key: string,
    token: CancellationToken,
    progress: WorkDoneProgressReporter,
  ): Promise<{ verdicts: string[] } | null> {
    const id = idOf(uri);
    const unsaved = isOfModule(id) ? this.unsaved(id) : undefined;
    if (unsaved !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, unsaved);
    const controller = new AbortController();
    this.going.add(controller);
    const cancel = (): void => controller.abort();
    token.onCancellationRequested(cancel);
    const request = { path: id, key, seconds: this.wishes().seconds, texts: this.workspace.texts() };
    this.verdicts.running(id, key);
    this.refresh();
    progress.begin('ldfi', undefined, 'waiting', true);
    try {
      const answer = await this.runs.run(request, controller.signal, () => progress.report('searching'));
      this.verdicts.answered(id, key, answer);
      this.mistakes.answered(id, answer);
      this.say(answer);
      return 'outcomes' in answer ? { verdicts: answer.outcomes.map(({ words }) => words) } : null;
    } catch (error) {
      this.verdicts.forget(id, key);
      if (error instanceof Cancelled) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'the run was cancelled');
      throw error;
    } finally {
      this.going.delete(controller);
      progress.done();
      this.refresh();
    }
  }

  /** Why a module cannot be run yet: what is run is what is on the disk. */
  private unsaved(id: string): string | undefined {
    const read = readText(id);
    if (!read.ok) return `it cannot be read: ${read.reason}`;
    return read.text === this.workspace.textOf(id) ? undefined : 'save the file first: what is on the disk is run';
  }

  /** What would not be seen otherwise. */
  private say(answer: Answer): void {
    const tell = (type: MessageType, message: string): void =>
      void this.connection.sendNotification(ShowMessageNotification.type, { type, message: visibleLines(message) });
    if ('problem' in answer) tell(MessageType.Error, answer.problem);
    else if (!this.wishes().refreshesHints)
      tell(MessageType.Info, answer.outcomes.map(({ name, words }) => `${name}: ${words}`).join('\n'));
  }

  private refresh(): void {
    const { refreshesHints, refreshesLenses } = this.wishes();
    const ignore = (): void => undefined;
    if (refreshesHints) this.connection.languages.inlayHint.refresh().catch(ignore);
    if (refreshesLenses) this.connection.sendRequest('workspace/codeLens/refresh').catch(ignore);
  }
}

const allAt = (file: number, start: number): FoundCheck => ({
  key: ALL_CHECKS,
  title: 'all checks',
  span: { file, start, end: start },
});

const endOfLine = ({ text }: SourceFile, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};
