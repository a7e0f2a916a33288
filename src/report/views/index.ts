/**
 * The views behind the report's page: plain data, computed from a system and a scenario by pure functions.
 */
export { Case } from './case.js';
export { helpersOf } from './helpers.js';
export { ledgerOf } from './ledger.js';
export type { FactQuery } from './lexicon.js';
export { ANY } from './pattern.js';
export { stateAt } from './state.js';
export { runView } from './story.js';
export { why } from './why.js';
