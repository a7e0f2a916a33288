/**
 * The labels of all streams of a topology, each with its derivation.
 *
 * Where streams go in circles, the labels are the least ones that agree with all rules: rules are applied until nothing
 * changes. They only ever make labels worse, of which there are five, so that comes to an end.
 */
import { invariant } from '../core/invariant.js';
import { ASYNC, isDeterministic, type Label } from './labels.js';
import { derive, reconcile, type Settled, type Step } from './rules.js';
import { endOf, type Path, type Topology } from './topology.js';

/** What comes out of a component through one interface. */
export interface Outlet {
  readonly component: string;
  readonly face: string;
  readonly isReplicated: boolean;
  readonly label: Label;
  /** Why: what each path brings, and how that is reconciled. */
  readonly settled: readonly Settled[];
}

export interface Analysis {
  readonly topology: Topology;
  /** In the order of the file. */
  readonly streams: readonly { readonly name: string; readonly label: Label }[];
  readonly outlets: readonly Outlet[];
}

interface Place {
  readonly component: string;
  readonly face: string;
  readonly isReplicated: boolean;
  readonly paths: readonly Path[];
}

/** @param ordered interfaces to which everything comes in an order that is the same everywhere and each time */
export function analyse(topology: Topology, ordered: ReadonlySet<string> = new Set()): Analysis {
  const places = placesOf(topology);
  const found = new Map<string, Outlet>();
  const labelOf = (name: string): Label | undefined => {
    const { from, seal } = topology.streams[name] ?? {};
    const label = from === undefined ? ASYNC : found.get(from)?.label;
    return seal && label && isDeterministic(label) ? { kind: 'Seal', key: seal } : label;
  };
  const settle = (place: Place): Outlet | undefined => {
    const steps = stepsTo(place, topology, labelOf, ordered.has(endOf(place.component, place.face)));
    const { label, settled } = reconcile(steps, place.isReplicated, topology.injective);
    return label && { ...place, label, settled };
  };
  for (let [rounds, changed] = [0, true]; changed; rounds++) {
    invariant(rounds <= 6 * (places.length + 1), 'labels of a topology do not settle');
    changed = false;
    for (const place of places) {
      const end = endOf(place.component, place.face);
      const outlet = settle(place);
      const before = found.get(end);
      // A label gets worse, or stays: a seal does not become another one.
      if (!outlet || before?.label.kind === outlet.label.kind) continue;
      found.set(end, outlet);
      changed = true;
    }
  }
  return {
    topology,
    streams: Object.keys(topology.streams).map((name) => ({ name, label: labelOf(name) ?? ASYNC })),
    // Once more, so that each derivation is from the labels that all have in the end.
    outlets: places.flatMap((place) => settle(place) ?? []),
  };
}

function placesOf({ components }: Topology): Place[] {
  return Object.entries(components).flatMap(([component, { rep, paths }]) =>
    [...new Set(paths.map(({ to }) => to))].map((face) => ({
      component,
      face,
      isReplicated: rep,
      paths: paths.filter(({ to }) => to === face),
    })),
  );
}

function stepsTo(
  { component, paths }: Place,
  { streams, injective }: Topology,
  labelOf: (stream: string) => Label | undefined,
  isOrdered: boolean,
): Step[] {
  return paths.flatMap((path) =>
    Object.entries(streams).flatMap(([stream, { to = [] }]) => {
      const input = to.includes(endOf(component, path.from)) ? labelOf(stream) : undefined;
      if (!input) return [];
      const derived = derive(input, path, injective);
      const kept = { kind: 'label', label: input.kind === 'Seal' ? ASYNC : input } as const;
      return [{ path, stream, input, derived: isOrdered && derived.kind !== 'label' ? kept : derived }];
    }),
  );
}
