/**
 * Runs by name, each a link that shows it in the diagram.
 */
import type { Scenario } from '../../faults/fault.js';
import { formatScenario } from '../../faults/scenario.js';
import type { CounterexampleResult } from '../schema.js';
import { faultInWords } from '../words.js';
import type { Context } from './context.js';
import { type Attributes, button, type Child, h, toDiagram } from './dom.js';

/** Draws a run, and goes to where it is drawn. */
export const runLink = (words: string, faults: Scenario, { act }: Context, attributes: Attributes = {}) =>
  button(
    words,
    () => {
      act.inject(faults);
      toDiagram();
    },
    { class: 'link', ...attributes },
  );

/** The value of `aria-current` for a run: whether it is the one in the diagram. */
export const isShown = (faults: Scenario, { view }: Context): 'true' | undefined =>
  formatScenario(faults) === formatScenario(view.scenario) ? 'true' : undefined;

/** The same as an item of a list, with what follows it. */
export const runItem = (words: string, faults: Scenario, context: Context, ...more: readonly Child[]): HTMLElement =>
  h('li', { 'aria-current': isShown(faults, context) }, runLink(words, faults, context), ...more);

/** All faults of a run in words. */
export const faultsInWords = (faults: Scenario, none: string): string =>
  faults.length === 0 ? none : faults.map(faultInWords).join('; ');

/** A counterexample by its number, from 1, and its faults. */
export const nameOf = ({ faults }: CounterexampleResult, number: number): string =>
  `${number}. ${faultsInWords(faults, 'no fault at all')}`;
