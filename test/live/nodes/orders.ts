/**
 * What stores with old states may answer, by brute force. Written apart from `src/live/nodes/services`.
 */

export interface Asked {
  readonly client: string;
  readonly type: 'read' | 'write' | 'cas';
  readonly key: string;
  readonly value?: number;
  readonly from?: number;
  readonly to?: number;
  readonly creates?: boolean;
  /** `ok`, a number that was read, `none` for error 20, `other` for error 22. */
  readonly told: string | number;
}

type State = Readonly<Record<string, number>>;

/** What one copy would answer, and what it would hold then. */
export function step(
  state: State,
  { type, key, value, from, to, creates }: Omit<Asked, 'told'>,
): [Asked['told'], State] {
  if (type === 'write') return ['ok', { ...state, [key]: value as number }];
  const held = state[key];
  if (type === 'read') return [held ?? 'none', state];
  if (held === undefined) return creates ? ['ok', { ...state, [key]: to as number }] : ['none', state];
  return held === from ? ['ok', { ...state, [key]: to as number }] : ['other', state];
}

/** Whether some order of all requests, with those of each client in their order, gives these answers. */
export function hasOrder(history: readonly Asked[]): boolean {
  const clients = [...new Set(history.map(({ client }) => client))].map((client) =>
    history.filter((asked) => asked.client === client),
  );
  const failed = new Set<string>();
  const from = (places: readonly number[], state: State): boolean => {
    if (places.every((place, i) => place === clients[i]?.length)) return true;
    const name = JSON.stringify([places, Object.entries(state).sort()]);
    if (failed.has(name)) return false;
    const found = places.some((place, i) => {
      const asked = clients[i]?.[place];
      if (!asked) return false;
      const [told, next] = step(state, asked);
      return told === asked.told && from(places.with(i, place + 1), next);
    });
    if (!found) failed.add(name);
    return found;
  };
  return from(
    clients.map(() => 0),
    {},
  );
}
