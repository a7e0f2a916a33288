/** Random topologies, circles among them: labels as a second evaluator finds them, and plans that rid of every anomaly. */
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { analyse } from '../../src/blazes/analyse.js';
import { isDeterministic } from '../../src/blazes/labels.js';
import { planOf } from '../../src/blazes/plan.js';
import { endOf } from '../../src/blazes/topology.js';
import { prng } from '../../src/core/prng.js';
import { labelsOf, type Net, randomNet } from '../reference/topologies.js';
import { sized } from '../size.js';
import { topologyIn } from './support.js';

const RUNS = sized(1_000, 100);

const yamlOf = ({ components, streams, injective }: Net): string =>
  stringify({
    components: Object.fromEntries(
      Object.entries(components).map(([name, { rep, paths }]) => [
        name,
        {
          rep,
          paths: paths.map(({ gate, ...path }) => ({
            ...path,
            ...(path.label.startsWith('O') && { gate: gate.length > 0 ? gate : '*' }),
          })),
        },
      ]),
    ),
    streams: Object.fromEntries(
      Object.entries(streams).map(([name, { to, ...stream }]) => [name, { ...stream, ...(to.length > 0 && { to }) }]),
    ),
    injective: injective.map(([from, to]) => ({ from, to })),
  });

test('random topologies', () => {
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= RUNS; seed++) {
    const net = randomNet(prng(seed));
    const topology = topologyIn(yamlOf(net));
    const { streams, outlets } = analyse(topology);
    const found = Object.fromEntries(
      streams.map(({ name, label }) => [
        name,
        label.kind === 'Seal' ? `Seal(${[...label.key].sort().join(' ')})` : label.kind,
      ]),
    );
    expect({ seed, ...found }).toEqual({ seed, ...labelsOf(net) });
    for (const { label } of streams) seen.set(label.kind, (seen.get(label.kind) ?? 0) + 1);
    const plan = planOf(topology);
    const ordered = plan.filter(({ strategy }) => strategy === 'sequence');
    expect(ordered.length > 0).toBe(!outlets.every(({ label }) => isDeterministic(label)));
    // Without any one of its orders something is left.
    for (const one of ordered) {
      const others = ordered.filter((other) => other !== one).map(({ component, face }) => endOf(component, face));
      expect(analyse(topology, new Set(others)).outlets.every(({ label }) => isDeterministic(label))).toBe(false);
    }
  }
  for (const kind of ['Seal', 'Async', 'Run', 'Inst', 'Diverge'])
    expect(seen.get(kind) ?? 0).toBeGreaterThan(RUNS / 10);
});
