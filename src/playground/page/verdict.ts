/**
 * The right side: the verdict in a line, and below it the report on the last text that could be searched, which is grey
 * as long as that is not the text on the left.
 */
import type { Scenario } from '../../faults/fault.js';
import { verdictInShort } from '../../report/formats/short.js';
import { keeps } from '../../report/meaning.js';
import type { ReportModel } from '../../report/model.js';
import { h } from '../../report/page/dom.js';
import { type Engine, makeEngine } from '../../report/page/engine.js';
import { Page } from '../../report/page/page.js';
import { NOTHING_CHOSEN, type State, Store } from '../../report/page/store.js';
import { admitted } from '../../report/page/whatif.js';
import type { Source } from '../../report/provenance/views.js';

type Kind = 'holds' | 'violated' | 'vacuous' | 'unknown';
/** Milliseconds after which a search is spoken of; as long as that, the style has it, before the report turns grey. */
const PATIENCE = 300;
const KINDS = { yes: 'holds', no: 'violated', neither: 'vacuous' } as const;

export class VerdictPane {
  private readonly status = h('output', { id: 'verdict', 'aria-live': 'polite' });
  private readonly note = h('section', { id: 'note', 'aria-label': 'Why there is no verdict', hidden: true });
  private readonly report = h('div.report');
  readonly element = h('div.verdict', h('div.status', this.status), this.note, this.report);
  private readonly store = new Store({ ...NOTHING_CHOSEN, check: 0, scenario: [] });
  private readonly page: Page;
  /** The report itself. */
  readonly main: HTMLElement;
  private soon: ReturnType<typeof setTimeout> | undefined;
  /** What is drawn. */
  private engine: Engine | undefined;

  /** @param reveal shows a place in the source */
  constructor(reveal: (source: Source) => void) {
    this.page = new Page(this.store, { show: () => undefined, reveal });
    this.main = this.page.element;
    this.store.subscribe((_, changed) => this.engine && this.page.draw(this.engine, changed));
  }

  /** What is drawn is not about what is there now. A search that is soon over changes nothing that is seen or heard. */
  searching(): void {
    this.status.setAttribute('aria-busy', 'true');
    this.report.classList.add('stale');
    this.soon ??= setTimeout(() => this.write('… searching', 'unknown'), PATIENCE);
  }

  /** There is no verdict on what is there now. @param more why, and what to do */
  none(words: string, ...more: readonly HTMLElement[]): void {
    this.say(words, 'unknown');
    const old = this.engine ? [h('p', 'Below, in grey: the report on the last text that had a verdict.')] : [];
    this.note.replaceChildren(...more, ...old);
    this.note.hidden = this.note.childNodes.length === 0;
  }

  /** Draws the report of a result of one check. */
  show(model: ReportModel): void {
    const engine = makeEngine(model, 0);
    const state = this.stateFor(engine);
    if (!this.report.firstChild) this.report.append(this.main);
    if (!this.engine) this.page.keys.listen();
    // Everything is drawn below, once.
    this.engine = undefined;
    this.store.set(state);
    this.page.draw(engine, new Set(['check']));
    this.engine = engine;
    this.note.hidden = true;
    this.say(verdictInShort(engine.check), KINDS[keeps(engine.check.verdict)]);
  }

  /** As it was looked at before, as far as that makes sense; a scenario of the reader's own stays, too. */
  private stateFor({ check }: Engine): State {
    const { scenario, all, ghosts, node, tick } = this.store.state;
    const { nodes, eot } = check.bounds;
    const first = (one: Engine['check']): Scenario => one.counterexamples[0]?.faults ?? [];
    const isOwn = this.engine && isSameCheck(this.engine.check, check) && scenario !== first(this.engine.check);
    const kept = isOwn ? admitted(scenario, check.bounds) : undefined;
    return {
      ...NOTHING_CHOSEN,
      check: 0,
      scenario: kept && 'scenario' in kept ? kept.scenario : first(check),
      all,
      ghosts,
      node: nodes.find((one) => one === node),
      tick: Math.min(tick, eot),
    };
  }

  private say(words: string, kind: Kind): void {
    clearTimeout(this.soon);
    this.soon = undefined;
    this.write(words, kind);
    this.report.classList.toggle('stale', kind === 'unknown');
    this.status.setAttribute('aria-busy', 'false');
  }

  private write(words: string, kind: Kind): void {
    if (this.status.textContent !== words) this.status.textContent = words;
    this.status.setAttribute('data-kind', kind);
  }
}

const isSameCheck = (a: Engine['check'], b: Engine['check']): boolean =>
  a.name === b.name && a.spec.roots[0] === b.spec.roots[0];
