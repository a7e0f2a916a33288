/**
 * The playground: on the left a spec that can be edited, on the right what ldfi says of it. A change is checked at
 * once, and searched as soon as nothing more is typed.
 */
import { commandLine } from '../../core/shell.js';
import type { Span } from '../../dedalus/ast.js';
import type { LoadResult } from '../../dedalus/load.js';
import type { QuickFix } from '../../editor/fixes.js';
import { format } from '../../editor/format/format.js';
import { definitions } from '../../editor/names.js';
import { verdictInShort } from '../../report/formats/short.js';
import { h } from '../../report/page/dom.js';
import type { Check } from '../../search/check.js';
import { checksOf } from '../checks.js';
import { fromLink, type Linked, type OwnBounds, toLink } from '../link.js';
import type { PlaygroundData } from '../messages.js';
import { actions } from './actions.js';
import { type Look, problemsIn } from './assistance.js';
import { Controls } from './controls.js';
import { Editor } from './editor.js';
import { help } from './help.js';
import { Problems } from './problems.js';
import { type Found, Searcher } from './searcher.js';
import { Tabs } from './tabs.js';
import { VerdictPane } from './verdict.js';
import { Workbench } from './workbench.js';

/** Milliseconds after the last change, after which it is searched, and after which the address is written. */
const PAUSE = 60;
const ADDRESS_PAUSE = 400;
/** The spec that is shown first. */
const FIRST = 'specs/broadcast/retry.ded';
/** Id of the element with the editor. */
const PANEL = 'text';

export class Playground {
  private readonly bench: Workbench;
  private readonly searcher: Searcher;
  private readonly controls: Controls;
  private readonly editor: Editor;
  private readonly tabs: Tabs;
  private readonly problems: Problems;
  private readonly pane: VerdictPane;
  private readonly message = h('p.message', { role: 'alert', hidden: true });
  readonly header: HTMLElement;
  /** The report. */
  readonly main: HTMLElement;
  readonly element: HTMLElement;
  private loaded: LoadResult;
  /** Path of the file in the editor. */
  private file = '';
  private check: string | undefined;
  private bounds: OwnBounds = {};
  private checks: readonly Check[] = [];
  private search: ReturnType<typeof setTimeout> | undefined;
  private address: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly data: PlaygroundData) {
    this.searcher = new Searcher(data);
    this.bench = new Workbench(data.gallery);
    if (this.bench.has(FIRST)) this.bench.spec = FIRST;
    this.loaded = this.bench.load();
    this.controls = new Controls({
      spec: (path) => this.choose({ spec: path, check: undefined, bounds: {} }),
      check: (name) => this.ask({ check: name }),
      bounds: (bounds) => this.ask({ bounds }),
    });
    this.editor = new Editor({
      written: (path, text) => this.written(path, text),
      format: () => this.format(),
      definition: (offset) => this.toDefinition(offset),
      look: () => this.look(),
    });
    this.tabs = new Tabs((path) => this.open(path));
    this.problems = new Problems({ show: (span) => this.show(span), mend: (fix) => this.mend(fix) });
    this.pane = new VerdictPane(({ file, line }) => this.reveal(file, line));
    this.main = this.pane.main;
    this.header = h(
      'div.top',
      this.controls.element,
      actions({
        link: () => this.link(),
        format: () => this.format(),
        restore: () => this.restore(),
      }),
      help(),
      this.message,
    );
    const panel = h('div.panel', { id: PANEL, role: 'tabpanel', 'aria-label': 'Text' }, this.editor.element);
    const left = h('section.left', { 'aria-label': 'Spec' }, this.tabs.element, panel, this.problems.element);
    this.element = h('div.sides', left, h('div.right', this.pane.element));
  }

  /** Shows what the address says, else the first spec; follows other links. */
  async start(): Promise<void> {
    globalThis.addEventListener('hashchange', () => void this.follow());
    await this.follow();
  }

  private async follow(): Promise<void> {
    const linked = await fromLink(location.hash);
    const problem = linked && ('problem' in linked ? linked.problem : this.take(linked));
    this.say(problem === undefined ? '' : `This link cannot be shown: ${problem}. Here is ${this.bench.spec} instead.`);
    if (linked && problem === undefined && !('problem' in linked)) this.choose(linked);
    else this.choose({ spec: this.bench.spec, check: this.check, bounds: this.bounds });
  }

  /** Takes the files of a link; why not, if not. */
  private take({ spec, edited }: Linked): string | undefined {
    if (!edited.some(([path]) => path === spec) && !this.bench.has(spec)) return 'there is no such spec in the gallery';
    for (const [path, text] of edited) this.bench.write(path, text);
    return undefined;
  }

  private choose({ spec, check, bounds }: Omit<Linked, 'edited'>): void {
    this.bench.spec = spec;
    this.check = check;
    this.bounds = bounds;
    this.controls.showSpecs(this.bench.paths, spec);
    this.controls.showBounds(bounds);
    this.open(spec);
    this.changed(0);
  }

  private ask(change: { readonly check?: string; readonly bounds?: OwnBounds }): void {
    this.check = change.check ?? this.check;
    this.bounds = change.bounds ?? this.bounds;
    this.changed();
  }

  private open(path: string): void {
    this.file = path;
    this.editor.open(path, this.bench.textOf(path) ?? '');
    this.showProblems();
  }

  private written(path: string, text: string): void {
    if (this.bench.textOf(path) === text) return;
    this.bench.write(path, text);
    this.changed();
  }

  /** Checks what is there now, and searches it if there is nothing wrong with it. */
  private changed(pause = PAUSE): void {
    clearTimeout(this.search);
    this.searcher.cancel();
    this.loaded = this.bench.load();
    const { program, files } = this.loaded;
    // The editor is in the middle of its own change.
    queueMicrotask(() => this.showProblems());
    this.writeAddress();
    if (!program) {
      this.pane.none('✗ mistakes in the spec');
      return;
    }
    const resolved = checksOf(program, files, this.bench.spec, this.bounds);
    if ('problem' in resolved) {
      this.pane.none('✗ the bounds make no sense', h('p', resolved.problem));
      return;
    }
    this.checks = resolved.checks;
    this.controls.showChecks(this.checks, this.number);
    this.pane.searching();
    this.search = setTimeout(() => void this.find(), pause);
  }

  /** Position of the chosen check, the first if there is none of its name. */
  private get number(): number {
    return Math.max(
      0,
      this.checks.findIndex(({ name }) => name === this.check),
    );
  }

  private async find(): Promise<void> {
    const { files } = this.loaded;
    const { version } = this.data;
    const question = { version, files, root: this.bench.spec, check: this.number, bounds: this.bounds };
    try {
      const found = await this.searcher.ask(question);
      if (found) this.tell(found);
    } catch (error) {
      this.pane.none('! no verdict', h('p', error instanceof Error ? error.message : String(error)));
    }
  }

  private tell(found: Found): void {
    if ('cutOff' in found) this.pane.none(`! inconclusive: cut off after ${found.cutOff} seconds`, ...this.elsewhere());
    else if ('problem' in found) this.pane.none('! no verdict', h('p', found.problem));
    else {
      const [check] = found.model.result.checks;
      // What a search could not end on, the page had better not run.
      if (check?.stopped === undefined) this.pane.show(found.model);
      else this.pane.none(verdictInShort(check), lines(found.text), ...this.elsewhere());
    }
  }

  /** How to go on where the time of a page is not enough. */
  private elsewhere(): HTMLElement[] {
    const name = this.checks[this.number]?.name ?? '';
    const bounds = Object.entries(this.bounds).flatMap(([bound, value]) => [`--${bound}`, String(value)]);
    const command = commandLine(['npx', 'ldfi', 'run', this.bench.spec, '--check', name, ...bounds]);
    return [
      h('p', 'Smaller bounds may do. The command line has all the time it needs; save the text as a file and run:'),
      h('p', h('code', command)),
    ];
  }

  private look(): Look | undefined {
    const file = this.loaded.files.findIndex(({ path }) => path === this.file);
    return file < 0 ? undefined : { loaded: this.loaded, file };
  }

  private showProblems(): void {
    const look = this.look();
    this.editor.mark(look ? problemsIn(look, (fix) => this.mend(fix)) : []);
    this.problems.show(this.loaded);
    this.tabs.show(this.loaded.files, this.file, PANEL, (path) => this.bench.isEdited(path));
  }

  private show({ file, start, end }: Span): void {
    const path = this.loaded.files[file]?.path;
    if (path === undefined) return;
    if (path !== this.file) this.open(path);
    this.editor.goTo(start, end);
  }

  private reveal(path: string, line: number): void {
    if (path !== this.file && this.bench.has(path)) this.open(path);
    this.editor.goToLine(line);
  }

  private mend({ edits }: QuickFix): void {
    const path = this.loaded.files[edits[0]?.span.file ?? 0]?.path;
    if (path === undefined) return;
    if (path !== this.file) this.open(path);
    this.editor.edit(edits.map(({ span, text }) => ({ from: span.start, to: span.end, insert: text })));
  }

  private toDefinition(offset: number): void {
    const look = this.look();
    const [first] = look ? definitions(look.loaded, { file: look.file, offset }) : [];
    if (first) this.show(first);
  }

  private format(): void {
    const done = format(this.bench.textOf(this.file) ?? '');
    if ('text' in done) this.editor.replace(done.text);
    else this.say('Mend the mistakes first: a text with mistakes cannot be laid out.');
  }

  private restore(): void {
    this.bench.restore(this.loaded.files);
    this.choose({ spec: this.bench.spec, check: undefined, bounds: {} });
  }

  private link(): Promise<string | undefined> {
    const { check, bounds } = this;
    return toLink({ spec: this.bench.spec, check, bounds, edited: this.bench.changes(this.loaded.files) });
  }

  /** So that a page that is loaded again shows what was there. */
  private writeAddress(): void {
    clearTimeout(this.address);
    this.address = setTimeout(async () => {
      const link = await this.link();
      if (link !== undefined && link !== location.hash) history.replaceState(null, '', link);
    }, ADDRESS_PAUSE);
  }

  private say(text: string): void {
    this.message.hidden = text === '';
    this.message.textContent = text;
  }
}

/** Text of several lines, as it would stand in the terminal. */
const lines = (text: string): HTMLElement =>
  h(
    'div.code',
    text
      .trimEnd()
      .split('\n')
      .map((line) => h('code', line === '' ? ' ' : line)),
  );
