/**
 * The keys of the page, and the dialog that lists them: `?` opens it, Escape closes it.
 */
import { button, h, isField } from './dom.js';

export interface KeyActions {
  step(ticks: number, nodes: number): void;
  fit(): void;
  unzoom(): void;
  /** Whether the arrow keys step there, too. */
  isStage(target: EventTarget | null): boolean;
}

/** Steps by key, in ticks and nodes; the arrow keys are for who is in the panel. */
const STEPS: Readonly<Record<string, readonly [number, number]>> = { j: [1, 0], k: [-1, 0], l: [0, 1], h: [0, -1] };
const ARROWS: typeof STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

const LIST = [
  [['j', 'k'], 'the next tick, the tick before'],
  [['l', 'h'], 'the next node, the node before'],
  [['↓', '↑', '→', '←'], 'in the diagram from mark to mark, in the state panel from tick to tick'],
  [['Enter'], 'in the diagram what a click does: lose a message, show a state, open what is folded'],
  [['/'], 'search the page; Enter and Shift+Enter go on and back'],
  [['f'], 'the whole run at once'],
  [['0'], 'the diagram at 100 %'],
  [['?'], 'this list'],
  [['Esc'], 'close it'],
] as const;

export class Keys {
  private readonly dialog = h(
    'dialog.keys',
    { 'aria-labelledby': 'keys-title' },
    h('h2', { id: 'keys-title' }, 'Keys'),
    h(
      'dl',
      LIST.flatMap(([keys, words]) => [
        h(
          'dt',
          keys.flatMap((key, i) => [i > 0 ? ' ' : '', h('kbd', key)]),
        ),
        h('dd', words),
      ]),
    ),
    button('Close', () => this.dialog.close()),
  );
  /** Opens the list. */
  readonly button = button('? Keys', () => this.dialog.showModal(), { 'aria-haspopup': 'dialog' });

  constructor(private readonly actions: KeyActions) {
    // A click beside the list is on the dialog itself.
    this.dialog.addEventListener('click', ({ target }) => target === this.dialog && this.dialog.close());
  }

  /** Listens, unless a key is meant for a field. */
  listen(): void {
    document.body.append(this.dialog);
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target) || this.dialog.open) return;
      if (this.act(event)) event.preventDefault();
    });
  }

  private act({ key, target }: KeyboardEvent): boolean {
    const { actions } = this;
    const step = STEPS[key] ?? (actions.isStage(target) ? ARROWS[key] : undefined);
    if (step) actions.step(...step);
    else if (key === '?') this.dialog.showModal();
    else if (key === 'f') actions.fit();
    else if (key === '0') actions.unzoom();
    else return false;
    return true;
  }
}
