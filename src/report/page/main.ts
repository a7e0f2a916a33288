/**
 * The page of the report: reads the data, keeps the state, draws the parts. What answers a click at once (sentence,
 * bar, diagram) is drawn before anything else, the rest right after the browser has shown it.
 */
import { getOrMake } from '../../core/memo.js';
import type { Scenario } from '../../faults/fault.js';
import { namesOf } from '../check-names.js';
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
import { admitted, type Refusal } from './whatif.js';

function boot(app: HTMLElement, model: ReportModel): void {
  const { checks } = model.result;
  const names = namesOf(checks);
  const engines = new Map<number, Engine>();
  const engineOf = (index: number): Engine => getOrMake(engines, index, () => makeEngine(model, index));
  const firstFaults = (index: number): Scenario => checks[index]?.counterexamples[0]?.faults ?? [];
  const firstOf = (index: number): State => ({ ...NOTHING_CHOSEN, check: index, scenario: firstFaults(index) });
  /**
   * The state that an address asks for, with what the check does not admit left out; `refusal` says why faults were.
   */
  const fromAddress = (): { readonly state: State; readonly refusal: Refusal | undefined } => {
    const asked = fromHash(location.hash, names);
    const broken = Math.max(
      0,
      checks.findIndex(({ counterexamples }) => counterexamples.length > 0),
    );
    const index = asked.check !== undefined && asked.check < checks.length ? asked.check : broken;
    const wanted = asked.scenario && admitted(asked.scenario, engineOf(index).check.bounds);
    const refusal = wanted && 'refused' in wanted ? wanted : undefined;
    const beyond = asked.beyond ? refusal?.beyond : undefined;
    const scenario = wanted && 'scenario' in wanted ? wanted.scenario : (beyond ?? firstFaults(index));
    const { bounds } = engineOf(index).check;
    const node = bounds.nodes.find((name) => name === asked.node);
    const tick = Math.max(1, Math.min(bounds.eot, asked.tick ?? 1));
    return {
      state: { ...firstOf(index), ...asked, check: index, scenario, beyond: beyond !== undefined, node, tick },
      refusal: beyond === undefined ? refusal : undefined,
    };
  };
  const opened = fromAddress();
  const store = new Store(opened.state);
  const address = new Address();
  const page = new Page(store);
  const tabs = h('nav.checks', { 'aria-label': 'Checks' });
  const drawTabs = (): void => renew(tabs, ...tabsOf(checks, names, store, firstOf));
  const roots = [...new Set(checks.flatMap(({ spec }) => spec.roots))].join(', ');
  drawTabs();
  const back = model.overview === undefined ? [] : [h('a', { href: model.overview }, 'All checks')];
  app.append(header(page.element, roots, ...back, ...page.search.elements, tabs, page.toCoordination), page.element);
  /** The address is to say what is shown, the page why it is not what was asked for. */
  const refuse = (refusal: Refusal | undefined): void => {
    if (refusal === undefined) return;
    page.say(refusal);
    address.write(toHash(store.state, names), false);
  };
  page.draw(engineOf(store.state.check), new Set(['check']));
  refuse(opened.refusal);
  let following = false;
  store.subscribe((state, changed) => {
    if (changed.has('check')) drawTabs();
    page.draw(engineOf(state.check), changed);
    if (following) return;
    address.write(toHash(state, names), changed.has('scenario') || changed.has('check'));
  });
  globalThis.addEventListener('popstate', () => {
    const { state, refusal } = fromAddress();
    following = true;
    store.set(state);
    following = false;
    refuse(refusal);
  });
  page.keys.listen();
}

/** A button per check. */
const tabsOf = (
  checks: readonly CheckResult[],
  names: readonly string[],
  store: Store,
  firstOf: (index: number) => State,
): HTMLElement[] =>
  checks.map(({ verdict }, i) => {
    const sign = verdict === 'holds' ? '✓' : verdict === 'violated' ? '✗' : '!';
    return button(`${sign} ${names[i]}`, () => store.set(firstOf(i)), {
      'aria-current': store.state.check === i ? 'true' : undefined,
      class: verdict,
      title: VERDICT_WORDS[verdict],
    });
  });

start(boot);
