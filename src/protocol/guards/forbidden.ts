/**
 * What is out of a handler's reach, and what to do instead: whatever would make a run differ from the next one, or go
 * on after it.
 *
 * The environment, the locale and the time zone are not in it: they stay as they are while a process lasts, and
 * libraries ask for them all the time.
 */

const CLOCK = 'handlers see no clock. Count ticks with ctx.setTimer or ctx.setPeriodic';
const CHANCE = 'runs must be repeatable. Use ctx.random()';
const LATER = 'handlers run to completion. Use ctx.setTimer';
const OUTSIDE = 'handlers reach nothing but ctx. Send a message to a node that stands for the outside';
const MACHINE = 'it differs from process to process. Keep what a handler needs in ctx.state';
const END = 'no verdict would come. Throw an error for what must never happen';

/** Where it is (a way down from the global object, or a module of Node's), names, and what to do instead. */
export const FORBIDDEN: readonly (readonly [from: string, names: string, instead: string])[] = [
  ['', 'setTimeout setInterval setImmediate queueMicrotask', LATER],
  ['', 'fetch', OUTSIDE],
  ['Math', 'random', CHANCE],
  ['crypto', 'randomUUID getRandomValues', CHANCE],
  ['performance', 'now mark measure timeOrigin toJSON eventLoopUtilization', CLOCK],
  ['Event.prototype', 'timeStamp', CLOCK],
  ['AbortSignal', 'timeout', LATER],
  ['process', 'hrtime uptime cpuUsage', CLOCK],
  ['process.hrtime', 'bigint', CLOCK],
  ['process', 'memoryUsage resourceUsage pid ppid', MACHINE],
  ['process.memoryUsage', 'rss', MACHINE],
  ['process', 'nextTick', LATER],
  ['process', 'exit abort kill reallyExit', END],
  ['node:timers', 'setTimeout setInterval setImmediate', LATER],
  ['node:timers/promises', 'setTimeout setInterval setImmediate', LATER],
  ['node:crypto', 'randomBytes randomInt randomUUID randomFill randomFillSync', CHANCE],
];

/** What handlers may well call, and what means something else in a virtual world. */
export const REPLACEABLE: readonly (readonly [from: string, names: string])[] = [
  ['', 'clearTimeout clearInterval clearImmediate'],
  ['node:timers', 'clearTimeout clearInterval clearImmediate'],
];

/** Of whoever looks at the clock through a date. */
export const TODAY = ['the current date', CLOCK] as const;
