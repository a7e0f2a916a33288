/**
 * The recorded experiments of a page, ready to be asked.
 */
import { type Recalled, recall } from '../recorded/recall.js';
import type { PageModel } from './model.js';

/** Undefined if nothing was recorded, or nothing could fail. */
export const recalledOf = ({ recorded, found }: Pick<PageModel, 'recorded' | 'found'>): Recalled | undefined =>
  recorded?.calls.some(({ kinds }) => kinds.length > 0) && recorded.experiments.length > 0
    ? recall(
        recorded,
        found.map(({ faults }) => faults),
      )
    : undefined;
