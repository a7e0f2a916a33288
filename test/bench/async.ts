/**
 * Asynchronous systems: how many runs a second there are, and how soon a raft library has its first verdict.
 */
import { performance } from 'node:perf_hooks';
import store from '../../specs/typescript/write-through.js';
import { check, type Scenario, systemOf } from '../../src/index.js';
import raft from '../protocol/system/libraries/raft.js';

/** Milliseconds for which runs are counted. */
const WHILE = 2_000;

/** Lines for people. Milliseconds of computing stand beside those of the clock: the machine may be busy. */
export async function asyncFigures(): Promise<string[]> {
  const bounds = { eot: 40, eff: 20, crashes: 1, omissions: 2, maxCost: 3 };
  const began = performance.now();
  const { kind, statistics } = await check(raft, bounds, { first: true });
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  return [
    `async/raft  first verdict '${kind}' after ${statistics.executions} runs, ${seconds} s`,
    `async/raft  ${await runsASecond(systemOf(raft, bounds))}`,
    `async/store ${await runsASecond(systemOf(store, { eot: 12, eff: 6, crashes: 0 }))}`,
  ];
}

async function runsASecond(system: ReturnType<typeof systemOf>): Promise<string> {
  const [from = '', to = ''] = system.protocol.nodes;
  const scenarios: Scenario[] = [1, 2, 3, 4, 5].map((tick) => [{ kind: 'omission', from, to, tick }]);
  for (const scenario of scenarios) await system.run(scenario);
  const before = process.cpuUsage();
  const end = performance.now() + WHILE;
  let runs = 0;
  for (; performance.now() < end; runs++) await system.run(scenarios[runs % scenarios.length] as Scenario);
  const { user, system: kernel } = process.cpuUsage(before);
  const each = (user + kernel) / 1_000 / runs;
  return `${Math.round(runs / (WHILE / 1_000))} runs a second; ${each.toFixed(2)} ms of computing each`;
}
