/**
 * Which kinds of collections each merge is for.
 */
import type { BloomCollection, BloomStatement } from './model.js';

export const MERGES_OF: Readonly<Record<BloomStatement['merge'], readonly BloomCollection['kind'][]>> = {
  now: ['table', 'scratch', 'output', 'view'],
  next: ['table', 'scratch', 'output'],
  async: ['channel'],
  delete: ['table'],
  upsert: ['table'],
};
