/**
 * The parts of the page in their order, and which of them a change touches.
 */

import type { Work } from '../../core/work.js';
import type { Scenario } from '../../faults/fault.js';
import { kindOf } from '../../faults/kinds.js';
import { formatFault, hitsSlot } from '../../faults/scenario.js';
import { messagesBehind } from '../provenance/messages-behind.js';
import type { FactView, MessageView } from '../provenance/views.js';
import { Background } from './background.js';
import { Bar } from './bar.js';
import { renderCompare } from './compare.js';
import type { Actions, Context } from './context.js';
import { renderCoordination } from './coordination.js';
import { Diagram, type Emphasis } from './diagram.js';
import { button, h, section } from './dom.js';
import { caseOf, type Engine, viewOf } from './engine.js';
import { renderExplored } from './explored.js';
import { renew } from './focus.js';
import { renderFrontier } from './frontier.js';
import { Keys } from './keys.js';
import { renderLedger } from './ledger.js';
import { legend } from './legend.js';
import { renderCounterexamples, renderFigures } from './lists.js';
import { reachOf } from './reach.js';
import { type Drawn, Search } from './search.js';
import { renderSentence } from './sentence.js';
import { SourcePanel, type Sources } from './source.js';
import { StatePanel } from './state.js';
import type { Changed, State, Store } from './store.js';
import { renderTranscript } from './transcript.js';
import {
  admitted,
  type Change,
  gestureHints,
  oneMore,
  problemsInWords,
  type Refusal,
  toggleMessage,
  toggleNode,
  without,
} from './whatif.js';
import { markFault, renderAsked, renderTree } from './why-tree.js';

const box = (): HTMLElement => h('div');

const hintOf = ({ check: { bounds } }: Engine): string =>
  `Time runs downward. Click ${gestureHints(bounds)}; click again for what else may happen to it, and to take it back.`;

export class Page {
  private readonly sentence = h('section', { id: 'sentence', 'aria-label': 'In one sentence' });
  private readonly bar = new Bar();
  private readonly diagram: Diagram;
  private readonly state = new StatePanel();
  private readonly switches = h('div.switches');
  private readonly hint = h('p.hint');
  readonly keys: Keys;
  private readonly parts = {
    legend: box(),
    transcript: box(),
    why: box(),
    asked: box(),
    ledger: box(),
    compare: box(),
    counterexamples: box(),
    explored: box(),
    figures: box(),
    coordination: box(),
  };
  private readonly coordination = section('coordination', 'What needs coordination', '', this.parts.coordination);
  /** Goes to what needs coordination, far down the page; hidden where nothing is said of it. */
  readonly toCoordination = button('Coordination', () => this.revealCoordination(), { hidden: true });
  readonly element: HTMLElement;
  readonly search: Search;
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
        place: (node, tick) => {
          store.set({ node, tick });
          this.state.reveal();
        },
        reached: (node, tick) => store.set({ node, tick }),
        lane: (node, tick) =>
          this.change((engine, { scenario }) => toggleNode(node, tick, scenario, engine.check.bounds)),
      },
      this.switches,
    );
    this.keys = new Keys({
      step: (ticks, nodes) => {
        this.state.step(ticks, nodes);
        this.diagram.follow();
      },
      fit: () => this.diagram.fit(),
      unzoom: () => this.diagram.unzoom(),
      isStage: (target) => target instanceof Node && this.state.element.contains(target),
    });
    this.element = h('main.page', { tabindex: -1 }, this.sentence, ...this.sections());
    this.search = new Search(this.element, () => this.drawn(), this.diagram.element);
  }

  private sections(): HTMLElement[] {
    const { parts } = this;
    const state = section('state', 'State at a step', '', this.state.element);
    const stage = h('div.stage', this.diagram.element, state);
    return [
      section('diagram', 'What happens', this.hint, this.bar.element, stage, parts.legend, parts.transcript),
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
      section('counterexamples', 'All counterexamples', '', parts.counterexamples),
      section('explored', 'Runs explored', '', h('details', h('summary', 'Show the runs'), parts.explored)),
      section('figures', 'The search', '', parts.figures),
      this.coordination,
      ...(this.source.element ? [section('source', 'The source', '', this.source.element)] : []),
    ];
  }

  /** Draws what a change touches. */
  draw(engine: Engine, changed: Changed): void {
    this.engine = engine;
    const { parts } = this;
    const context = this.context(engine);
    const anew = changed.has('check') || changed.has('scenario');
    // The diagram first: it asks for its room, which is known as long as nothing has been changed.
    if (anew || changed.has('all') || changed.has('ghosts')) {
      const { all, ghosts } = context.state;
      const odd = (fact: FactView): boolean => context.it !== undefined && !context.it.good.holds(fact);
      this.diagram.show(
        context.view,
        {
          all,
          ghosts,
          odd,
          helpers: engine.provenance?.helpers ?? new Set<string>(),
          reach: engine.closed === undefined ? reachOf(engine.check.bounds) : undefined,
        },
        this.emphasis(context),
      );
      this.drawSwitches(context.state);
    } else this.diagram.emphasise(this.emphasis(context));
    if (anew) renew(this.sentence, ...renderSentence(context));
    if (anew || changed.has('fault')) this.bar.show(context);
    if (anew || changed.has('node') || changed.has('tick')) this.state.show(context);
    if (changed.has('fault')) markFault(this.element, context.state.fault);
    if (anew || changed.has('fact')) renew(this.parts.asked, ...renderAsked(context));
    if (changed.has('check')) this.hint.textContent = hintOf(engine);
    if (changed.has('check')) parts.legend.replaceChildren(legend(reachOf(engine.check.bounds).ends));
    if (anew) this.background.start(this.rest(context));
    else if (changed.has('all') || changed.has('ghosts')) renew(this.parts.transcript, renderTranscript(context));
  }

  /** Says why what was asked for is not shown. */
  say(refusal: Refusal): void {
    this.bar.refuse(refusal, this.act);
  }

  /** What may follow the first paint, the explanation first and what takes longest last. */
  private *rest(context: Context): Work<void, void> {
    const { parts } = this;
    yield* context.engine.provenance?.prepare() ?? [];
    renew(parts.why, ...renderTree(context));
    yield;
    renew(parts.transcript, renderTranscript(context));
    yield;
    renew(parts.counterexamples, ...renderCounterexamples(context));
    renew(parts.explored, ...renderExplored(context));
    renew(parts.figures, ...renderFrontier(context), ...renderFigures(context));
    if (this.shownFiles !== context.engine) this.showSpec(context);
    this.shownFiles = context.engine;
    yield;
    renew(parts.compare, ...(yield* renderCompare(context)));
    yield;
    renew(parts.ledger, ...(yield* renderLedger(context)));
    yield;
    yield* this.rehearse(context);
  }

  /** What is said of the spec, whatever runs. */
  private showSpec(context: Context): void {
    this.source.show(context.engine.files);
    renew(this.parts.coordination, ...renderCoordination(context));
    this.coordination.hidden = this.parts.coordination.childElementCount === 0;
    this.toCoordination.hidden = this.coordination.hidden;
  }

  private revealCoordination(): void {
    for (const details of this.coordination.querySelectorAll('details')) details.open = true;
    this.coordination.scrollIntoView({ block: 'start' });
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

  /** What the diagram shows of the run: every message, and what nodes come to. */
  private drawn(): Drawn[] {
    if (!this.engine) return [];
    const { messages, events } = viewOf(this.engine, this.store.state.scenario);
    const sent = messages.map(({ id, from, to, label, sent: tick }) => ({
      tick,
      text: `${from}→${to} ${label}`,
      reveal: () => {
        this.store.set({ message: id });
        this.diagram.reveal(id);
      },
    }));
    const come = events.flatMap(({ node, tick, facts }) =>
      facts.map(({ text }) => ({
        tick,
        text,
        reveal: () => {
          this.store.set({ node, tick });
          this.diagram.reveal({ node, tick });
        },
      })),
    );
    return [...come, ...sent].sort((a, b) => a.tick - b.tick);
  }

  private context(engine: Engine): Context {
    const { state } = this.store;
    const [it, view] = [caseOf(engine, state.scenario), viewOf(engine, state.scenario)];
    const beyond = problemsInWords(state.scenario, engine.check.bounds);
    return { result: engine.result, engine, state, view, beyond, it, act: this.act };
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
      this.keys.button,
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
    // Who is outside the bounds already is not asked again.
    const scenario = 'scenario' in change ? change.scenario : this.store.state.beyond ? change.beyond : undefined;
    if (scenario) this.inject(scenario);
    else if ('refused' in change) this.say(change);
  }

  private inject(scenario: Scenario): void {
    const { bounds } = this.engine?.check ?? {};
    const beyond = bounds !== undefined && problemsInWords(scenario, bounds) !== '';
    this.store.set({ scenario, beyond, message: undefined, fault: undefined, fact: undefined });
  }

  private actions(): Actions {
    return {
      set: (change) => this.store.set(change),
      inject: (faults) => this.change((engine) => admitted(faults, engine.check.bounds)),
      tryBeyond: (faults) => this.inject(faults),
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
}
