/**
 * The commands that make experiments. They are a bundle of their own (`scripts/cli.js`): what only they need (YAML, CEL,
 * proxies) would make the start of every other command slower.
 */
export { doctor } from './live/doctor.js';
export { liveReplay } from './live/replay.js';
export { liveRun } from './live/run.js';
export { compose, env, schema } from './live/setup.js';
export { init, trace } from './live/trace.js';
export { nodes } from './nodes.js';
export { reportExperiments } from './report-experiments.js';
