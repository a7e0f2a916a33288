/**
 * A replicated key-value store on a real library: TinyBase's mergeable store (https://tinybase.org), a CRDT with hybrid
 * logical clocks. `core` makes a sans-IO core of it, `(state, event) => [state, effects]`: the state is the store's
 * content, plain data; the clock is the caller's; and nothing is sent but what the effects say. Nodes gossip their
 * contents. b overwrites and c deletes the same key at once.
 *
 * Promise: in the end all correct nodes have the same value. Why it holds: contents merge like a last-writer-wins map.
 * Why the last check breaks: it leaves news too little time to get around.
 *
 * Source: Pearson, TinyBase, 'MergeableStore'; Kulkarni et al., "Logical physical clocks" (2014).
 */
import { defineProtocol, sansIo } from 'ldfi';
import { createMergeableStore, type MergeableContent } from 'tinybase/mergeable-store';

interface State {
  readonly id: string;
  readonly content: MergeableContent;
}

type Event =
  | { readonly kind: 'put'; readonly key: string; readonly value: string }
  | { readonly kind: 'delete'; readonly key: string }
  | { readonly kind: 'merge'; readonly content: MergeableContent }
  | { readonly kind: 'gossip' };

interface Gossip {
  readonly kind: 'gossip';
  readonly content: MergeableContent;
}

function core({ id, content }: State, event: Event): readonly [State, readonly Gossip[]] {
  if (event.kind === 'gossip') return [{ id, content }, [{ kind: 'gossip', content }]];
  // Time stands still: the logical part of the clock orders what happens.
  const store = createMergeableStore(id, () => 1).setMergeableContent(content);
  if (event.kind === 'put') store.setValue(event.key, event.value);
  else if (event.kind === 'delete') store.delValue(event.key);
  else store.applyMergeableChanges(event.content);
  return [{ id, content: store.getMergeableContent() }, []];
}

/** What the users of the nodes do at tick 3: c deletes what b overwrites. */
const USERS: Readonly<Record<string, Event>> = {
  b: { kind: 'put', key: 'colour', value: 'blue' },
  c: { kind: 'delete', key: 'colour' },
};

/** a has a value from before. */
const startOf = (id: string): State => {
  const state: State = { id, content: createMergeableStore(id, () => 1).getMergeableContent() };
  return id === 'a' ? core(state, { kind: 'put', key: 'colour', value: 'red' })[0] : state;
};

/** The value of a key in a content, which is [tables, [{ key: [value, clock, hash] }, clock, hash]]. */
const read = ({ content: [, [values]] }: State, key: string): string => String(values[key]?.[0] ?? 'nothing');

export default defineProtocol<State, MergeableContent>({
  name: 'kv-sansio',
  nodes: ['a', 'b', 'c'],
  state: startOf,
  actor: (id) => {
    const actor = sansIo<State, Event, Gossip, MergeableContent>({
      step: core,
      start: () => ({ kind: 'gossip' }),
      onMessage: (_from, content) => ({ kind: 'merge', content }),
      onTimer: (timer) => (timer === 'act' ? (USERS[id] as Event) : { kind: 'gossip' }),
      perform: (ctx, { content }) => ctx.broadcast(content),
    });
    return {
      ...actor,
      init(ctx) {
        actor.init?.(ctx);
        ctx.setPeriodic('gossip', 1);
        if (USERS[id]) ctx.setTimer('act', 2);
      },
    };
  },
  check: (world) => {
    const values = world.alive.map((node) => read(world.state(node), 'colour'));
    return new Set(values).size < 2
      ? 'holds'
      : { violated: world.alive.map((node, i) => [node, 'has', values[i] ?? '']) };
  },
  checks: [
    { name: 'usual', eot: 6, eff: 4, crashes: 1, expect: 'holds' },
    { name: 'loss-only', eot: 7, eff: 5, crashes: 0, expect: 'holds' },
    { name: 'too-short', eot: 5, eff: 4, crashes: 1, expect: 'violated', allow: ['short-eot'] },
  ],
});
