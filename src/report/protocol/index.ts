/**
 * The views behind the report's page for protocols: plain data, computed from what was learned of the handlers and a scenario by pure functions.
 */
export { Case, Known } from './case.js';
export { ledgerOf } from './ledger.js';
export { contrastsOf, rootsOf } from './reads.js';
export { slotsAt, stateAt } from './state.js';
export { messageId, runView } from './story.js';
export { why } from './why.js';
