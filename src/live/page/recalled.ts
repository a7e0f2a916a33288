/**
 * The recorded experiments of a page, ready to be asked.
 */
import { type Recalled, recall } from '../recorded/recall.js';
import type { PageModel } from './model.js';

/** Undefined if nothing was recorded. */
export const recalledOf = ({ recorded, found }: Pick<PageModel, 'recorded' | 'found'>): Recalled | undefined =>
  recorded && recorded.experiments.length > 0
    ? recall(
        recorded,
        found.map(({ faults }) => faults),
      )
    : undefined;
