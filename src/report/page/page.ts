/**
 * The parts of the page in their order, and which of them a change touches.
 */

import type { Work } from '../../core/work.js';
import { kindOf } from '../../faults/kinds.js';
import { formatFault, hitsSlot } from '../../faults/scenario.js';
import { messagesBehind } from '../provenance/culprit.js';
import type { FactView, MessageView } from '../provenance/views.js';
import { Background } from './background.js';
import { Bar } from './bar.js';
import { renderCompare } from './compare.js';
import type { Actions, Context } from './context.js';
import { Diagram, type Emphasis } from './diagram.js';
import { button, h, section } from './dom.js';
import { caseOf, type Engine, viewOf } from './engine.js';
import { renderExplored } from './explored.js';
import { renew } from './focus.js';
import { renderLedger } from './ledger.js';
import { renderCounterexamples, renderFigures } from './lists.js';
import { renderSentence } from './sentence.js';
import { SourcePanel, type Sources } from './source.js';
import { StatePanel } from './state.js';
import type { Changed, State, Store } from './store.js';
import { renderTranscript } from './transcript.js';
import { admitted, type Change, gestureHints, oneMore, toggleMessage, toggleNode, without } from './whatif.js';
import { markFault, renderAsked, renderTree } from './why-tree.js';

/** Steps by key, in ticks and nodes; the arrow keys are for who is in the panel. */
const STEPS: Readonly<Record<string, readonly [number, number]>> = { j: [1, 0], k: [-1, 0], l: [0, 1], h: [0, -1] };
const ARROWS: typeof STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

const box = (): HTMLElement => h('div');

export class Page {
  private readonly sentence = h('section', { id: 'sentence', 'aria-label': 'In one sentence' });
  private readonly bar = new Bar();
  private readonly diagram: Diagram;
  private readonly state = new StatePanel();
  private readonly switches = h('div.switches');
  private readonly parts = {
    transcript: box(),
    why: box(),
    asked: box(),
    ledger: box(),
    compare: box(),
    counterexamples: box(),
    explored: box(),
    figures: box(),
  };
  readonly element: HTMLElement;
  private engine: Engine | undefined;
  private shownFiles: Engine | undefined;
  private rehearsed: Engine | undefined;
  private readonly background = new Background();
  private readonly act: Actions;

  constructor(
    private readonly store: Store,
    /** Where sources are shown; it has no element if that is not on this page. */
    private readonly source: Sources = new SourcePanel(),
  ) {
    this.act = this.actions();
    this.diagram = new Diagram(
      {
        message: (message) => this.clicked(message),
        place: (node, tick) => store.set({ node, tick }),
        lane: (node, tick) =>
          this.change((engine, { scenario }) => toggleNode(node, tick, scenario, engine.check.bounds)),
      },
      this.switches,
    );
    this.element = h('main.page', { tabindex: -1 }, this.sentence, ...this.sections());
  }

  private sections(): HTMLElement[] {
    const { parts } = this;
    const hint = `Time runs downward. Click ${gestureHints()}; click again for what else may happen to it, and to take it back.`;
    return [
      section('diagram', 'What happens', hint, this.bar.element, this.diagram.element, legend(), parts.transcript),
      section(
        'why',
        'Why',
        'Every step names its rule or handler. Open a fact for its reasons; click its name to see its messages in the diagram.',
        parts.why,
        parts.asked,
      ),
      section(
        'ledger',
        'What keeps the promise, and what cuts it',
        'Every known way to keep the promise. Click one to see its messages.',
        parts.ledger,
      ),
      section('compare', 'Good run beside this run', '', parts.compare),
      section(
        'state',
        'State at a step',
        'Step with j and k or the arrow keys, change node with h and l.',
        this.state.element,
      ),
      section('counterexamples', 'All counterexamples', '', parts.counterexamples),
      section('explored', 'Runs explored', '', h('details', h('summary', 'Show the runs'), parts.explored)),
      section('figures', 'The search', '', parts.figures),
      ...(this.source.element ? [section('source', 'The source', '', this.source.element)] : []),
    ];
  }

  /** Draws what a change touches. */
  draw(engine: Engine, changed: Changed): void {
    this.engine = engine;
    const context = this.context(engine);
    const anew = changed.has('check') || changed.has('scenario');
    // The diagram first: it asks for its room, which is known as long as nothing has been changed.
    if (anew || changed.has('all') || changed.has('ghosts')) {
      const { all, ghosts } = context.state;
      const odd = (fact: FactView): boolean => context.it !== undefined && !context.it.good.holds(fact);
      this.diagram.show(
        context.view,
        { all, ghosts, odd, helpers: engine.provenance?.helpers ?? new Set<string>() },
        this.emphasis(context),
      );
      this.drawSwitches(context.state);
    } else this.diagram.emphasise(this.emphasis(context));
    if (anew) renew(this.sentence, ...renderSentence(context));
    if (anew || changed.has('fault')) this.bar.show(context);
    if (anew || changed.has('node') || changed.has('tick')) this.state.show(context);
    if (changed.has('fault')) markFault(this.element, context.state.fault);
    if (anew || changed.has('fact')) renew(this.parts.asked, ...renderAsked(context));
    if (anew) this.background.start(this.rest(context));
    else if (changed.has('all') || changed.has('ghosts')) renew(this.parts.transcript, renderTranscript(context));
  }

  /** Says why what was asked for is not shown. */
  say(text: string): void {
    this.bar.say(text);
  }

  /** What may follow the first paint, the explanation first and what takes longest last. */
  private *rest(context: Context): Work<void, void> {
    const { parts } = this;
    renew(parts.why, ...renderTree(context));
    yield;
    renew(parts.transcript, renderTranscript(context));
    yield;
    renew(parts.counterexamples, ...renderCounterexamples(context));
    renew(parts.explored, ...renderExplored(context));
    renew(parts.figures, ...renderFigures(context));
    if (this.shownFiles !== context.engine) this.source.show(context.engine.files);
    this.shownFiles = context.engine;
    yield;
    renew(parts.compare, ...(yield* renderCompare(context)));
    yield;
    renew(parts.ledger, ...(yield* renderLedger(context)));
    yield;
    yield* this.rehearse(context);
  }

  /** Follows one what-if without showing it: the first of all takes far longer than those after it. */
  private *rehearse({ engine, view }: Context): Work<void, void> {
    if (this.rehearsed === engine || !engine.provenance) return;
    this.rehearsed = engine;
    const change = oneMore(view.scenario, engine.check.bounds);
    yield;
    if (change) caseOf(engine, change);
    yield;
    if (change) viewOf(engine, change);
  }

  private context(engine: Engine): Context {
    const { state } = this.store;
    const [it, view] = [caseOf(engine, state.scenario), viewOf(engine, state.scenario)];
    return { result: engine.result, engine, state, view, it, act: this.act };
  }

  private emphasis({ it, state, view }: Context): Emphasis {
    const messages = new Set<string>();
    if (state.message !== undefined) messages.add(state.message);
    if (it && state.fact) for (const id of messagesBehind(it, state.fact)) messages.add(id);
    const fault = view.scenario.find((one) => formatFault(one) === state.fault);
    if (fault)
      for (const message of view.messages)
        if (message.fate !== 'ghost' && (kindOf(fault).denies(fault, message) || hitsSlot(fault, message)))
          messages.add(message.id);
    return { messages, node: state.node, tick: state.tick };
  }

  private drawSwitches({ all, ghosts }: State): void {
    const option = (label: string, on: boolean, change: Partial<State>): HTMLButtonElement =>
      button(label, () => this.store.set(change), { 'aria-pressed': on ? 'true' : 'false' });
    renew(
      this.switches,
      h(
        'span.group',
        { role: 'group', 'aria-label': 'What stands out' },
        option('What the outcome depends on', !all, { all: false }),
        option('Everything', all, { all: true }),
      ),
      option('Ghosts of the good run', ghosts, { ghosts: !ghosts }),
    );
  }

  private clicked(message: MessageView): void {
    const before = this.store.state.scenario;
    this.change((engine, { scenario }) => toggleMessage(message, scenario, engine.check.bounds));
    if (before === this.store.state.scenario) this.store.set({ message: message.id });
  }

  private change(make: (engine: Engine, state: State) => Change): void {
    if (!this.engine) return;
    const change = make(this.engine, this.store.state);
    if ('refused' in change) this.bar.say(change.refused);
    else this.store.set({ scenario: change.scenario, message: undefined, fault: undefined, fact: undefined });
  }

  private actions(): Actions {
    return {
      set: (change) => this.store.set(change),
      inject: (faults) => this.change((engine) => admitted(faults, engine.check.bounds)),
      remove: (fault) => this.change((_, { scenario }) => ({ scenario: without(scenario, fault) })),
      select: (fact) => {
        const node = String(fact.row[0]);
        const known = this.engine?.check.bounds.nodes.includes(node) ?? false;
        this.store.set({ fact, ...(known && { node, tick: fact.tick }) });
      },
      ask: (fact) => {
        this.store.set({ fact });
        this.parts.asked.scrollIntoView({ block: 'center' });
        this.parts.asked.querySelector<HTMLElement>('h3')?.focus({ preventScroll: true });
      },
      source: (source) => this.source.reveal(source),
      emphasise: (ids) => {
        this.diagram.emphasise({ messages: new Set(ids), node: undefined, tick: 0 });
        this.diagram.element.scrollIntoView({ block: 'nearest' });
      },
    };
  }

  /** Steps by keyboard, unless the key is meant for a field. */
  keys(): void {
    document.addEventListener('keydown', (event) => {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select')))
        return;
      const inPanel = target instanceof Node && this.state.element.contains(target);
      const step = STEPS[event.key] ?? (inPanel ? ARROWS[event.key] : undefined);
      if (!step) return;
      event.preventDefault();
      this.state.step(...step);
    });
  }
}

function legend(): HTMLElement {
  const items = [
    ['→', 'a message, from sending to arrival'],
    ['—✗', 'lost to a fault'],
    ['┅→', 'late, or once more, by a fault'],
    ['▨', 'the node is down: what it sends is lost'],
    ['▯', 'down for a while, then back'],
    ['‖', 'a partition between lanes'],
    ['┄', 'in the good run only'],
    ['pale', 'not on the way to the outcome'],
  ] as const;
  return h(
    'ul.legend',
    { 'aria-label': 'Legend' },
    items.map(([sign, words]) => h('li', h('b', sign), ` ${words}`)),
  );
}
