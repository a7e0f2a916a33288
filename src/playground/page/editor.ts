/**
 * The editor of one file at a time: CodeMirror, which asks `src/editor` for colours, hover and completion, and is told
 * what is wrong.
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { type Diagnostic, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { visible } from '../../core/text.js';
import { h } from '../../report/page/dom.js';
import { completionsAt, hoverAt, type Look } from './assistance.js';
import { colours } from './colours.js';
import { theme } from './theme.js';

/** What the editor tells, and asks. */
export interface EditorEvents {
  written(path: string, text: string): void;
  format(): void;
  /** To where the name at an offset comes from. */
  definition(offset: number): void;
  /** The program as it is now, and the number of the file that is edited; undefined if it is not a part of it. */
  look(): Look | undefined;
}

export class Editor {
  readonly element = h('div.editor');
  private readonly view: EditorView;
  /** By path: undo, selection and scroll are kept while another file is shown. */
  private readonly states = new Map<string, EditorState>();
  private path = '';

  constructor(private readonly events: EditorEvents) {
    this.view = new EditorView({ parent: this.element, extensions: admitted() });
  }

  /** Shows a file; with another text than before, if it is not as it was left. */
  open(path: string, text: string): void {
    if (path !== this.path) {
      if (this.path !== '') this.states.set(this.path, this.view.state);
      const known = this.states.get(path);
      this.path = path;
      this.view.setState(known?.doc.toString() === text ? known : this.stateOf(path, text));
    } else this.replace(text);
  }

  /** Another text in this file, as one step that can be undone. */
  replace(text: string): void {
    const { doc } = this.view.state;
    const now = doc.toString();
    if (now === text) return;
    const most = Math.min(now.length, text.length);
    let from = 0;
    while (from < most && now[from] === text[from]) from++;
    let same = 0;
    while (same < most - from && now.at(-1 - same) === text.at(-1 - same)) same++;
    this.view.dispatch({ changes: { from, to: now.length - same, insert: text.slice(from, text.length - same) } });
  }

  edit(changes: readonly { readonly from: number; readonly to: number; readonly insert: string }[]): void {
    this.view.dispatch({ changes: [...changes] });
  }

  /** Puts the cursor there, in sight. */
  goTo(start: number, end = start): void {
    const most = this.view.state.doc.length;
    const selection = { anchor: Math.min(start, most), head: Math.min(end, most) };
    this.view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: 'center' }) });
    this.view.focus();
  }

  goToLine(line: number): void {
    const { doc } = this.view.state;
    const { from, to } = doc.line(Math.max(1, Math.min(doc.lines, line)));
    this.goTo(from, to);
  }

  mark(problems: readonly Diagnostic[]): void {
    const { length } = this.view.state.doc;
    const inside = problems.filter(({ to }) => to <= length);
    this.view.dispatch(setDiagnostics(this.view.state, inside));
  }

  private stateOf(path: string, text: string): EditorState {
    return EditorState.create({ doc: text, extensions: this.extensions(path) });
  }

  private extensions(path: string): Extension[] {
    const { events } = this;
    return [
      lineNumbers(),
      highlightActiveLineGutter(),
      highlightActiveLine(),
      history(),
      drawSelection(),
      EditorView.lineWrapping,
      bracketMatching(),
      closeBrackets(),
      highlightSelectionMatches(),
      colours,
      autocompletion({ override: [(context) => completionsAt(context, events.look())], icons: false }),
      hoverTooltip((_, offset) => hoverAt(events.look(), offset)),
      keymap.of([
        { key: 'Shift-Alt-f', run: () => done(() => events.format()) },
        { key: 'F12', run: ({ state }) => done(() => events.definition(state.selection.main.head)) },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...lintKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      EditorState.languageData.of(() => [
        { commentTokens: { line: '//', block: { open: '/*', close: '*/' } }, closeBrackets: { brackets: ['(', '"'] } },
      ]),
      admitted(),
      EditorView.contentAttributes.of({ 'aria-label': `Text of ${visible(path)}`, tabindex: '0' }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) events.written(this.path, state.doc.toString());
      }),
      theme,
    ];
  }
}

/** The page's policy admits styles that say so. */
const admitted = (): Extension => EditorView.cspNonce.of(document.querySelector('style')?.nonce ?? '');

/** Does it, which is all that this key does. */
function done(act: () => void): true {
  act();
  return true;
}
