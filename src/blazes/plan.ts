/**
 * Where to coordinate, and how: at each interface whose label gets worse there than what comes in, or would without its
 * seals. Sealed streams need only that the component waits for the end of each partition; others need an order.
 *
 * Invariant: with the plan every label is deterministic.
 */
import { invariant } from '../core/invariant.js';
import { analyse, type Outlet } from './analyse.js';
import { isDeterministic, labelInWords } from './labels.js';
import type { Settled } from './rules.js';
import { endOf, type Topology } from './topology.js';

export interface Coordination {
  readonly component: string;
  readonly face: string;
  /** `seal`: wait for the seal of each partition. `sequence`: one order of all inputs. */
  readonly strategy: 'seal' | 'sequence';
  /** What is waited for, or put in order. */
  readonly streams: readonly string[];
  /** What could be sealed in place of an order; empty where that would not help. */
  readonly sealable: readonly string[];
  /** By what a partition is told apart; empty if that is not known. */
  readonly gate: readonly string[];
}

export function planOf(topology: Topology): Coordination[] {
  const ordered = new Map<string, Coordination>();
  const outlets = (): readonly Outlet[] => analyse(topology, new Set(ordered.keys())).outlets;
  for (let open = openIn(outlets(), ordered); open.length > 0; open = openIn(outlets(), ordered))
    for (const outlet of open) ordered.set(nameOf(outlet), orderAt(outlet));
  const left = outlets().find(({ label }) => !isDeterministic(label));
  invariant(!left, `with its plan ${left && nameOf(left)} would still be ${left && labelInWords(left.label)}`);
  for (const [name, one] of [...ordered]) {
    ordered.delete(name);
    if (!outlets().every(({ label }) => isDeterministic(label))) ordered.set(name, one);
  }
  return outlets().flatMap((outlet) => ordered.get(nameOf(outlet)) ?? sealsAt(outlet));
}

/**
 * Where to begin with an order: at all interfaces where an anomaly begins. In a circle it may look as if it came from
 * elsewhere everywhere; then at the first one whose order matters.
 */
function openIn(outlets: readonly Outlet[], ordered: ReadonlyMap<string, Coordination>): Outlet[] {
  const free = outlets.filter((outlet) => !ordered.has(nameOf(outlet)));
  const origins = free.filter(({ settled }) => settled.some(isOrigin));
  if (origins.length > 0) return origins;
  const isSensitive = ({ step: { path, input } }: Settled): boolean =>
    path.label.startsWith('O') && !isDeterministic(input);
  return free.filter(({ settled }) => settled.some(isSensitive)).slice(0, 1);
}

const nameOf = ({ component, face }: Outlet): string => endOf(component, face);

function orderAt({ component, face, settled }: Outlet): Coordination {
  const open = settled.filter(isOrigin);
  const gate = open[0]?.step.path.gate ?? [];
  const written = settled.filter(({ step: { path } }) => path.label.endsWith('W'));
  const sealable = gate.length > 0 ? streamsOf(written.length > 0 ? written : open) : [];
  const streams = streamsOf(settled.filter(({ step: { path } }) => path.label !== 'CR'));
  return { component, face, strategy: 'sequence', streams, sealable, gate };
}

function sealsAt({ component, face, settled }: Outlet): Coordination[] {
  const [first] = settled.filter(isWaiting);
  if (!first) return [];
  const sealed = settled.filter(({ step: { input, path } }) => input.kind === 'Seal' && path.label !== 'CR');
  return [
    { component, face, strategy: 'seal', streams: streamsOf(sealed), sealable: [], gate: first.step.path.gate ?? [] },
  ];
}

const streamsOf = (settled: readonly Settled[]): string[] => [...new Set(settled.map(({ step }) => step.stream))];

/** Whether an anomaly begins here: what comes in is better than what goes out. */
const isOrigin = ({ step: { path, derived }, isProtected }: Settled): boolean =>
  path.label.startsWith('O') && derived.kind !== 'label' && !isProtected;

/** Whether only a seal keeps one away. */
const isWaiting = ({ step: { path, derived, input }, isProtected }: Settled): boolean =>
  isProtected || (path.label === 'OW' && derived.kind === 'label' && input.kind === 'Seal');
