/**
 * A random system as asynchronous code: promises, timers and requests of the virtual world.
 */
import { defineSystem, type Net, type SystemNode } from '../../../src/index.js';
import type { AnySystem } from '../../../src/protocol/system/types.js';
import { type Draft, isKept, type Part, type Promised, type Step } from './draft.js';

/** When virtual time begins. */
const EPOCH = Date.UTC(2000, 0, 1);

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function take(step: Step, node: SystemNode, net: Net): Promise<void> {
  if (step.do === 'wait') await wait(step.ms);
  else if (step.do === 'send') net.send(step.to, step.value);
  else if (step.do === 'log') node.log(step.value);
  else if (step.do === 'clock') node.log(Date.now() - EPOCH);
  else {
    const { to, value, timeout, tries, strict } = step;
    for (let i = 0; i < tries; i++)
      try {
        node.log(['got', await net.request(to, value, { timeout })]);
        return;
      } catch {
        node.log('late');
      }
    if (strict) throw new Error('no answer');
  }
}

async function run({ main, every, hears }: Part, node: SystemNode, net: Net): Promise<void> {
  net.on(async ({ from, data }) => {
    if (hears.wait > 0) await wait(hears.wait);
    const value = data as number;
    if (hears.act === 'log') node.log([from, value]);
    if (hears.act === 'store') node.disk.set('stored', ((node.disk.get('stored') as number | undefined) ?? 0) + 1);
    if (hears.act === 'forward' && value < 20) net.send(hears.to, value + 10);
    return value * 2;
  });
  if (every) {
    let left = every.times;
    const timer = setInterval(() => {
      net.send(every.to, every.value);
      if (--left === 0) clearInterval(timer);
    }, every.ms);
  }
  if (node.disk.has('done')) node.log('back');
  else for (const step of main) await take(step, node, net);
  node.disk.set('done', true);
}

export const systemOf = ({ seed, tickMs, parts }: Draft, promises: readonly Promised[]): AnySystem =>
  defineSystem({
    name: `random-${seed}`,
    nodes: Object.keys(parts),
    tickMs,
    start: (node, net) => run(parts[node.id] as Part, node, net),
    check: (world) => {
      const broken = promises.filter((promised) => {
        const { stored = 0 } = world.state(promised.node) as { stored?: number };
        return !isKept(promised, { log: world.log(promised.node), stored });
      });
      return broken.length === 0 ? 'holds' : { violated: broken.map(({ node, what }) => [node, what]) };
    },
  });
