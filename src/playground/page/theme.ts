/**
 * The editor's look in the colours of the report, light and dark; what CodeMirror would draw with pictures is drawn
 * with lines, for the page loads no picture.
 */
import { EditorView } from '@codemirror/view';

const underlined = (colour: string) => ({
  backgroundImage: 'none',
  textDecoration: `underline wavy 1.5px ${colour}`,
  textUnderlineOffset: '3px',
});

const panel = { backgroundColor: 'var(--panel)', color: 'var(--text)', border: '1px solid var(--line)' };

export const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--text)', backgroundColor: 'var(--ground)' },
  '&.cm-focused': { outline: '2px solid var(--blue)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--soft)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--blue) 8%, transparent)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--blue) 30%, transparent)',
  },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'var(--mark)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--mark)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--fault-ground)' },
  '.cm-lintRange-error': underlined('var(--fault)'),
  '.cm-lintRange-warning': underlined('var(--warn)'),
  '.cm-lintRange-active': { backgroundColor: 'var(--mark)' },
  '.cm-tooltip': { ...panel, borderRadius: '6px', maxWidth: 'min(560px, 90vw)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '14em' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--blue)', color: 'var(--ground)' },
  '.cm-completionDetail': { color: 'inherit', opacity: '0.85' },
  '.cm-diagnostic': { whiteSpace: 'normal' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--fault)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
  '.cm-diagnosticAction': { backgroundColor: 'var(--text)', color: 'var(--ground)' },
  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--text)' },
  '.cm-panel.cm-panel-lint ul [aria-selected]': { backgroundColor: 'var(--mark)', color: 'var(--text)' },
  '.cm-button, .cm-textfield': { ...panel, backgroundImage: 'none' },
});
