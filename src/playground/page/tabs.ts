/**
 * The files of the program as tabs: the spec first, then what it includes.
 */
import type { SourceFile } from '../../dedalus/ast.js';
import { button, h } from '../../report/page/dom.js';
import { renew } from '../../report/page/focus.js';

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

export class Tabs {
  readonly element = h('div.tabs', { role: 'tablist', 'aria-label': 'Files of the spec' });

  constructor(private readonly choose: (path: string) => void) {
    this.element.addEventListener('keydown', (event) => {
      const step = STEPS[event.key];
      const all = [...this.element.querySelectorAll<HTMLElement>('[role=tab]')];
      const at = all.indexOf(document.activeElement as HTMLElement);
      if (step === undefined || at < 0) return;
      event.preventDefault();
      const next = all[(at + step + all.length) % all.length];
      next?.click();
      this.element.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
    });
  }

  /** @param panel id of the element in which the chosen file is */
  show(files: readonly SourceFile[], chosen: string, panel: string, isEdited: (path: string) => boolean): void {
    const tabs = files.map(({ path }) => {
      const isChosen = path === chosen;
      const name = path.slice(path.lastIndexOf('/') + 1);
      return button(isEdited(path) ? `${name} •` : name, () => this.choose(path), {
        role: 'tab',
        'aria-selected': String(isChosen),
        'aria-controls': panel,
        'aria-label': isEdited(path) ? `${name}, edited` : name,
        tabindex: isChosen ? 0 : -1,
        title: path,
      });
    });
    renew(this.element, ...tabs);
  }
}
