/**
 * The queue of job-run-twice.ts that numbers its attempts: a result counts if it is of the attempt that the queue began
 * last, and only once.
 *
 * Promise: the job's result is booked once. Why it holds: whoever was given up works in vain. That it is dead does not
 * matter any more, only that it is no longer asked.
 *
 * Source: Dean and Ghemawat, "MapReduce" (OSDI 2004), §3.3: the master ignores a completion of a task that is completed.
 */
import { jobQueue } from './job-run-twice.js';

export default jobQueue('job-attempts', true, [
  { name: 'slow-clock', eot: 12, eff: 7, crashes: 0, faults: 'skew:2', expect: 'holds' },
  { name: 'late-job', eot: 12, eff: 4, crashes: 0, faults: 'delay:2', maxCost: 1, expect: 'holds' },
  { name: 'loss-and-crash', eot: 12, eff: 4, crashes: 1, expect: 'holds' },
]);
