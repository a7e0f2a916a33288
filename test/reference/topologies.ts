/**
 * A second evaluator of topologies, by numbers and by brute force, and random topologies for it. It shares no code with
 * the engine.
 *
 * Every stream has a badness: 1 sealed, 2 Async, 3 Run, 4 Inst, 5 Diverge, and a set of keys by which it may be sealed.
 * It begins with the best of all assignments, and all equations are evaluated at once, again and again.
 */

interface Way {
  readonly from: string;
  readonly to: string;
  readonly label: 'CR' | 'CW' | 'OR' | 'OW';
  /** None: not known. */
  readonly gate: readonly string[];
}

export interface Net {
  readonly components: Readonly<Record<string, { readonly rep: boolean; readonly paths: readonly Way[] }>>;
  readonly streams: Readonly<
    Record<string, { readonly from?: string; readonly to: readonly string[]; readonly seal?: readonly string[] }>
  >;
  /** One attribute determines another. */
  readonly injective: readonly (readonly [from: string, to: string])[];
}

/** 0 is nothing yet. The key belongs to 1. */
interface Value {
  readonly bad: number;
  readonly key: string;
}

const NOTHING: Value = { bad: 0, key: '' };
const NAMES = ['', 'Seal', 'Async', 'Run', 'Inst', 'Diverge'];

/** All sets that a key determines, by trying each replacement of one attribute to exhaustion; as long as it has parts. */
function determined(key: readonly string[], injective: Net['injective'], depth = 6): string[][] {
  if (depth === 0) return [[...key]];
  const next = injective.flatMap(([from, to]) =>
    key.includes(from) ? [[...key.filter((one) => one !== from), to]] : [],
  );
  return [[...key], ...next.flatMap((one) => determined(one, injective, depth - 1))];
}

const fits = (gate: readonly string[], key: string, { injective }: Net): boolean =>
  determined(key.split(' '), injective).some((set) => set.every((one) => gate.includes(one)));

/** The label of each stream, in words: `Seal(a b)`, `Run`. */
export function labelsOf(net: Net): Record<string, string> {
  let values: Record<string, Value> = {};
  for (let round = 0; round < 200; round++) {
    const before = values;
    const outOf = (end: string): Value => {
      const [name = '', face = ''] = end.split('.');
      const component = net.components[name];
      const ways = component?.paths.filter(({ to }) => to === face) ?? [];
      const coming = ways.flatMap((way) =>
        Object.entries(net.streams)
          .filter(([, { to }]) => to.includes(`${name}.${way.from}`))
          .map(([stream]) => ({ way, value: before[stream] ?? NOTHING }))
          .filter(({ value }) => value.bad > 0),
      );
      const writes = coming.filter(({ way }) => way.label === 'CW' || way.label === 'OW');
      const results = coming.map(({ way: { label, gate }, value }): Value => {
        const sealed = value.bad === 1;
        if (label === 'CR' || value.bad === 5) return value;
        if (label === 'CW') return value.bad === 4 ? { bad: component?.rep ? 5 : 3, key: '' } : value;
        if (label === 'OW') return { bad: sealed && fits(gate, value.key, net) ? 2 : component?.rep ? 5 : 3, key: '' };
        if (value.bad === 4) return value;
        const decisive = writes.length > 0 ? writes.map((one) => one.value) : [value];
        const safe = decisive.every((one) => one.bad === 1 && fits(gate, one.key, net));
        return { bad: safe ? Math.max(2, value.bad) : component?.rep ? 4 : 3, key: '' };
      });
      const bad = Math.max(0, ...results.map((one) => one.bad));
      const keys = new Set(results.map(({ key }) => key));
      if (bad !== 1) return { bad, key: '' };
      return keys.size === 1 ? { bad, key: [...keys][0] ?? '' } : { bad: 2, key: '' };
    };
    values = Object.fromEntries(
      Object.entries(net.streams).map(([name, { from, seal }]) => {
        const { bad, key } = from === undefined ? { bad: 2, key: '' } : outOf(from);
        return [name, seal && bad > 0 && bad < 3 ? { bad: 1, key: [...seal].sort().join(' ') } : { bad, key }];
      }),
    );
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, { bad, key }]) => [name, bad === 1 ? `Seal(${key})` : (NAMES[bad] ?? '')]),
  );
}

/**
 * A topology of up to five components, with circles, in which everything is fed.
 * @param below gives integers from 0 to below its argument
 */
export function randomNet(below: (bound: number) => number): Net {
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const attributes = ['a', 'b', 'c'];
  const some = (): string[] => attributes.filter(() => below(2) === 0);
  const names = Array.from({ length: 1 + below(5) }, (_, i) => `c${i}`);
  const components = Object.fromEntries(
    names.map((name) => {
      const paths = Array.from({ length: 1 + below(3) }, (): Way => {
        const label = pick(['CR', 'CW', 'OR', 'OW'] as const);
        return {
          from: pick(['i', 'j']),
          to: pick(['o', 'p']),
          label,
          gate: label.startsWith('O') ? some() : [],
        };
      });
      return [name, { rep: below(2) === 0, paths }];
    }),
  );
  const facesOf = (name: string, side: 'from' | 'to'): string[] => [
    ...new Set((components[name]?.paths ?? []).map((path) => `${name}.${path[side]}`)),
  ];
  const ins = names.flatMap((name) => facesOf(name, 'from'));
  const outs = names.flatMap((name) => facesOf(name, 'to'));
  const streams: Record<string, { from?: string; to: string[]; seal?: string[] }> = {};
  const sealed = (): { seal?: string[] } => {
    const seal = some();
    return below(3) === 0 && seal.length > 0 ? { seal } : {};
  };
  // Everything is fed from outside or from a component before it; some streams go back.
  for (const [i, end] of ins.entries()) {
    const before = outs.filter((out) => out < end.slice(0, end.indexOf('.')));
    const from = before.length > 0 && below(3) > 0 ? pick(before) : undefined;
    streams[`s${i}`] = { ...(from !== undefined && { from }), to: [end], ...sealed() };
  }
  for (let i = below(4); i > 0; i--)
    streams[`t${i}`] = { from: pick(outs), to: below(3) > 0 ? [pick(ins)] : [], ...sealed() };
  const injective = Array.from({ length: below(3) }, () => [pick(attributes), pick(attributes)] as const);
  return { components, streams, injective };
}
