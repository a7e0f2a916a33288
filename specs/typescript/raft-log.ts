/**
 * Raft with elections and log replication. A leader appends a command of its own when it is elected, sends followers
 * one entry at a time from where they are known to agree with it, and commits what a majority has. Simplified: a leader
 * starts from the beginning of each follower's log, which spares the search for the point of agreement; there is no
 * restart, so nothing need be persistent.
 *
 * Promise (state machine safety): no two nodes, crashed ones included, have ever applied different commands at one
 * index. Why it holds: a vote goes only to candidates whose log is at least as up to date, and a leader commits by
 * counting only entries of its own term (§5.4.2). raft-log-bug.ts leaves out the second.
 *
 * Source: Ongaro and Ousterhout, "In search of an understandable consensus algorithm" (USENIX ATC 2014), §5.
 */
import { type CheckAnswer, type Context, defineProtocol, type Protocol, type ProtocolCheck, type World } from 'ldfi';

export interface Entry {
  readonly term: number;
  readonly command: string;
}

interface State {
  term: number;
  vote: string | null;
  granted: string[];
  leads: boolean;
  log: Entry[];
  /** How many entries are committed, and applied. */
  commit: number;
  /** Of a leader: how many entries each follower is known to share with it. */
  matched: Record<string, number>;
}

type Message =
  | { readonly kind: 'call'; readonly term: number; readonly length: number; readonly last: number }
  | { readonly kind: 'vote'; readonly term: number }
  | {
      readonly kind: 'append';
      readonly term: number;
      /** How many entries come before this one. */
      readonly before: number;
      readonly entry: Entry | null;
      readonly commit: number;
    }
  | { readonly kind: 'matched'; readonly term: number; readonly length: number };

type Ctx = Context<State, Message, string>;

const NODES = ['a', 'b', 'c'];
const MAJORITY = 2;
/** Ticks without a sign of life before a node stands for election: different, so that elections are decided. */
const PATIENCE: Readonly<Record<string, number>> = { a: 4, b: 5, c: 7 };
const HEARTBEAT = 2;

const lastTerm = (log: readonly Entry[]): number => log.at(-1)?.term ?? 0;

export interface RaftOptions {
  readonly name: string;
  readonly checks: readonly ProtocolCheck[];
  /** The term in which the run starts, and what the logs hold then. */
  readonly start?: { readonly term: number; readonly logs: Readonly<Record<string, readonly Entry[]>> };
  /** Leave out §5.4.2: count the replicas of an older term's entry, too. */
  readonly countsOldTerms?: boolean;
}

function enter({ state, clearTimer }: Ctx, term: number): void {
  Object.assign(state, { term, vote: null, granted: [], leads: false, matched: {} });
  clearTimer('heartbeat');
}

/** Waits anew for a sign of life. */
const wait = (ctx: Ctx): void => ctx.setTimer('election', PATIENCE[ctx.id] ?? 1);

function stand(ctx: Ctx): void {
  const { state } = ctx;
  enter(ctx, state.term + 1);
  state.vote = ctx.id;
  state.granted = [ctx.id];
  wait(ctx);
  ctx.broadcast({ kind: 'call', term: state.term, length: state.log.length, last: lastTerm(state.log) });
}

function lead(ctx: Ctx): void {
  const { state } = ctx;
  Object.assign(state, { leads: true, granted: [], matched: Object.fromEntries(ctx.peers.map((peer) => [peer, 0])) });
  state.log.push({ term: state.term, command: `${ctx.id}${state.term}` });
  ctx.clearTimer('election');
  ctx.setPeriodic('heartbeat', HEARTBEAT);
  for (const peer of ctx.peers) replicate(ctx, peer);
}

/** Sends a follower the next entry that it is not known to have; without one it is a sign of life. */
function replicate({ state, send }: Ctx, peer: string): void {
  const before = state.matched[peer] ?? 0;
  const entry = state.log[before] ?? null;
  send(peer, { kind: 'append', term: state.term, before, entry: entry && { ...entry }, commit: state.commit });
}

function apply(ctx: Ctx, commit: number): void {
  const { state } = ctx;
  for (; state.commit < commit; state.commit++) ctx.log(state.log[state.commit]?.command ?? 'nothing');
}

function onCall(ctx: Ctx, from: string, length: number, last: number): void {
  const { state } = ctx;
  const own = lastTerm(state.log);
  const upToDate = last > own || (last === own && length >= state.log.length);
  if (!upToDate || (state.vote !== null && state.vote !== from)) return;
  state.vote = from;
  wait(ctx);
  ctx.send(from, { kind: 'vote', term: state.term });
}

function onAppend(ctx: Ctx, from: string, { before, entry, commit }: Extract<Message, { kind: 'append' }>): void {
  const { state } = ctx;
  wait(ctx);
  if (entry && state.log[before]?.term !== entry.term) state.log = [...state.log.slice(0, before), entry];
  const length = before + (entry ? 1 : 0);
  apply(ctx, Math.min(commit, length));
  ctx.send(from, { kind: 'matched', term: state.term, length });
}

function onMatched(ctx: Ctx, from: string, length: number, countsOldTerms: boolean): void {
  const { state } = ctx;
  if (length <= (state.matched[from] ?? 0)) return;
  state.matched[from] = length;
  const holders = Object.values(state.matched).filter((matched) => matched >= length).length + 1;
  const counts = countsOldTerms || state.log[length - 1]?.term === state.term;
  if (holders >= MAJORITY && counts) apply(ctx, length);
  replicate(ctx, from);
}

export function stateMachineSafety(world: World<unknown, string>): CheckAnswer {
  const longest = Math.max(...world.nodes.map((node) => world.log(node).length));
  if (longest === 0) return 'vacuous';
  for (let i = 0; i < longest; i++) {
    const applied = world.nodes.filter((node) => world.log(node).length > i);
    const commands = applied.map((node) => world.log(node)[i] as string);
    if (new Set(commands).size > 1)
      return { violated: applied.map((node, k) => [node, 'applied', commands[k] ?? '', 'at', i + 1]) };
  }
  return 'holds';
}

export function raft({ name, checks, start, countsOldTerms = false }: RaftOptions): Protocol<State, Message, string> {
  return defineProtocol<State, Message, string>({
    name,
    nodes: NODES,
    state: (id) => ({
      term: start?.term ?? 0,
      vote: null,
      granted: [],
      leads: false,
      log: (start?.logs[id] ?? []).map((entry) => ({ ...entry })),
      commit: 0,
      matched: {},
    }),
    actor: (id) => ({
      init: id === 'a' ? stand : wait,
      onMessage(ctx, from, message) {
        const { state } = ctx;
        if (message.term > state.term) {
          // A leader has no election timer.
          if (state.leads) wait(ctx);
          enter(ctx, message.term);
        }
        if (message.term < state.term) return;
        if (message.kind === 'call') onCall(ctx, from, message.length, message.last);
        else if (message.kind === 'append') onAppend(ctx, from, message);
        else if (message.kind === 'matched') onMatched(ctx, from, message.length, countsOldTerms);
        else if (!state.leads && state.vote === id && !state.granted.includes(from)) {
          state.granted.push(from);
          if (state.granted.length >= MAJORITY) lead(ctx);
        }
      },
      onTimer(ctx, timer) {
        if (timer === 'election') stand(ctx);
        else for (const peer of ctx.peers) replicate(ctx, peer);
      },
    }),
    check: stateMachineSafety,
    checks,
  });
}

export default raft({
  name: 'raft-log',
  checks: [
    { name: 'loss-and-crash', eot: 10, eff: 4, crashes: 1, expect: 'holds' },
    { name: 'crash-only', eot: 9, eff: 0, crashes: 1, expect: 'holds' },
  ],
});
