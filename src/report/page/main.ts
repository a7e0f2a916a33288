/**
 * The page of the report: reads the data, keeps the state, draws the parts. What answers a click at once (sentence,
 * bar, diagram) is drawn before anything else, the rest right after the browser has shown it.
 */
import { getOrMake } from '../../core/memo.js';
import type { Scenario } from '../../faults/fault.js';
import type { ReportModel } from '../model.js';
import type { CheckResult } from '../schema.js';
import { VERDICT_WORDS } from '../words.js';
import { Address } from './address.js';
import { button, h } from './dom.js';
import { type Engine, makeEngine } from './engine.js';
import { renew } from './focus.js';
import { Page } from './page.js';
import { header, start } from './start.js';
import { fromHash, NOTHING_CHOSEN, type State, Store, toHash } from './store.js';
import { admitted } from './whatif.js';

function boot(app: HTMLElement, model: ReportModel): void {
  const { checks } = model.result;
  const engines = new Map<number, Engine>();
  const engineOf = (index: number): Engine => getOrMake(engines, index, () => makeEngine(model, index));
  const firstFaults = (index: number): Scenario => checks[index]?.counterexamples[0]?.faults ?? [];
  const firstOf = (index: number): State => ({ ...NOTHING_CHOSEN, check: index, scenario: firstFaults(index) });
  /**
   * The state that an address asks for, with what the check does not admit left out; `refused` says why faults were.
   */
  const fromAddress = (): { readonly state: State; readonly refused: string | undefined } => {
    const asked = fromHash(location.hash);
    const broken = Math.max(
      0,
      checks.findIndex(({ counterexamples }) => counterexamples.length > 0),
    );
    const index = asked.check !== undefined && asked.check < checks.length ? asked.check : broken;
    const wanted = asked.scenario && admitted(asked.scenario, engineOf(index).check.bounds);
    const scenario = wanted && 'scenario' in wanted ? wanted.scenario : firstFaults(index);
    const { bounds } = engineOf(index).check;
    const node = bounds.nodes.find((name) => name === asked.node);
    const tick = Math.max(1, Math.min(bounds.eot, asked.tick ?? 1));
    return {
      state: { ...firstOf(index), ...asked, check: index, scenario, node, tick },
      refused: wanted && 'refused' in wanted ? wanted.refused : undefined,
    };
  };
  const opened = fromAddress();
  const store = new Store(opened.state);
  const address = new Address();
  const page = new Page(store);
  const tabs = h('nav.checks', { 'aria-label': 'Checks' });
  const drawTabs = (): void => renew(tabs, ...tabsOf(checks, store, firstOf));
  const roots = [...new Set(checks.flatMap(({ spec }) => spec.roots))].join(', ');
  drawTabs();
  app.append(header(page.element, roots, tabs), page.element);
  /** The address is to say what is shown, the page why it is not what was asked for. */
  const refuse = (refused: string | undefined): void => {
    if (refused === undefined) return;
    page.say(refused);
    address.write(toHash(store.state), false);
  };
  page.draw(engineOf(store.state.check), new Set(['check']));
  refuse(opened.refused);
  let following = false;
  store.subscribe((state, changed) => {
    if (changed.has('check')) drawTabs();
    page.draw(engineOf(state.check), changed);
    if (following) return;
    address.write(toHash(state), changed.has('scenario') || changed.has('check'));
  });
  globalThis.addEventListener('popstate', () => {
    const { state, refused } = fromAddress();
    following = true;
    store.set(state);
    following = false;
    refuse(refused);
  });
  page.keys();
}

/** A button per check. */
const tabsOf = (checks: readonly CheckResult[], store: Store, firstOf: (index: number) => State): HTMLElement[] =>
  checks.map(({ name, verdict }, i) => {
    const sign = verdict === 'holds' ? '✓' : verdict === 'violated' ? '✗' : '!';
    return button(`${sign} ${name}`, () => store.set(firstOf(i)), {
      'aria-current': store.state.check === i ? 'true' : undefined,
      class: verdict,
      title: VERDICT_WORDS[verdict],
    });
  });

start(boot);
