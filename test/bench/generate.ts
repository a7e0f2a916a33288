/**
 * Protocols as text with the number of nodes as a parameter: what the growth series is made of.
 *
 * The rules are those of `specs/broadcast/relay-forever.ded`, `specs/broadcast/ack.ded` and
 * `specs/consensus/paxos.ded`; only the facts that name nodes are generated. With three nodes the ground programs are
 * those of the published specs.
 */
import type { Bounds } from '../../src/faults/fault.js';

export type Family = 'relay-forever' | 'ack' | 'paxos';

/** One point of a series. */
export interface GrowthPoint {
  readonly family: Family;
  readonly nodes: number;
  readonly bounds: Bounds;
}

/** `n01`, `n02` …: names whose order is that of the numbers. */
const nodeNames = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `n${String(i + 1).padStart(2, '0')}`);

/** A point with omissions until shortly before the end of time, and crashes. */
export function point(family: Family, nodes: number, eot: number, eff = eot - 2, crashes = 1): GrowthPoint {
  return { family, nodes, bounds: { eot, eff, crashes, nodes: nodeNames(nodes) } };
}

/** The text of the protocol with this many nodes. */
export function specText(family: Family, nodes: number): string {
  const names = nodeNames(nodes);
  if (family === 'paxos') return paxos(names);
  return agreement(names) + (family === 'ack' ? ACK : RELAY_FOREVER);
}

const fact = (relation: string, ...args: readonly string[]): string =>
  `${relation}(${args.map((arg) => (/^\d+$/.test(arg) ? arg : `"${arg}"`)).join(', ')})@1;\n`;

const pairs = (relation: string, names: readonly string[], reflexive: boolean): string =>
  names.flatMap((x) => names.filter((y) => reflexive || x !== y).map((y) => fact(relation, x, y))).join('');

/** The client hands its message to the first node. */
const agreement = (names: readonly string[]): string =>
  `${pairs('node', names, false)}${fact('bcast', names[0] ?? '', 'hello')}${AGREEMENT}`;

const AGREEMENT = `
node(X, Y)@next :- node(X, Y);
pre(X, M) :- log(X, M), notin crash(X, X, _);
post(X, M) :- log(X, M), notin missing(_, M);
missing(Y, M) :- log(X, M), node(X, Y), notin log(Y, M), notin crash(Y, Y, _);
log(X, M) :- bcast(X, M);
log(X, M)@next :- log(X, M);
`;

const RELAY_FOREVER = `
log(Y, M)@async :- log(X, M), node(X, Y);
`;

const ACK = `
log(X, M) :- msg(X, _, M);
msg(Y, X, M)@async :- log(X, M), node(X, Y), notin has(X, Y, M);
ack(X, Y, M)@async :- msg(Y, X, M);
has(X, Y, M) :- ack(X, Y, M);
has(X, Y, M) :- msg(X, Y, M);
has(X, Y, M)@next :- has(X, Y, M);
`;

/** The first two nodes propose; every node is acceptor and learner. */
function paxos(names: readonly string[]): string {
  const [first = '', second = ''] = names;
  const acceptors = names.map((name) => fact('known', name, '0') + fact('accepted', name, '0', 'none')).join('');
  const wishes = fact('wish', first, 'red') + fact('wish', second, 'blue');
  const starts = `start("${first}", 1)@1;\nstart("${second}", 2)@2;\nstart("${first}", 3)@4;\n`;
  return pairs('peer', names, true) + acceptors + wishes + starts + PAXOS;
}

const PAXOS = `
peer(X, Y)@next :- peer(X, Y);
cluster(X, count<Y>) :- peer(X, Y);
wish(P, V)@next :- wish(P, V);

prepare(A, P, B)@async :- start(P, B), peer(P, A);
known(A, B) :- propose(A, B, _);
known(A, B)@next :- known(A, B);
known(A, B)@next :- prepare(A, _, B);
before(A, max<B>) :- known(A, B);
asked(A, B) :- known(A, B);
asked(A, B) :- prepare(A, _, B);
highest(A, max<B>) :- asked(A, B);
accepted(A, B, V)@next :- accepted(A, B, V);
last_ballot(A, max<B>) :- accepted(A, B, _);
promise(P, A, B, B0, V0)@async :- prepare(A, P, B), highest(A, B), last_ballot(A, B0), accepted(A, B0, V0);

promised(P, A, B, B0, V0) :- promise(P, A, B, B0, V0);
promised(P, A, B, B0, V0)@next :- promised(P, A, B, B0, V0);
promises(P, B, count<A>) :- promised(P, A, B, _, _);
majority(P, B) :- promises(P, B, N), cluster(P, M), N > M / 2;
proposed(P, B)@next :- majority(P, B);
proposed(P, B)@next :- proposed(P, B);
reported(P, B, max<B0>) :- promised(P, _, B, B0, _);
choice(P, B, V) :- reported(P, B, 0), wish(P, V);
choice(P, B, V) :- reported(P, B, B0), promised(P, _, B, B0, V), B0 > 0;
propose(A, B, V)@async :- choice(P, B, V), majority(P, B), notin proposed(P, B), peer(P, A);

accept(A, B, V) :- propose(A, B, V), before(A, B);
accepted(A, B, V) :- accept(A, B, V);
vote(L, A, B, V)@async :- accept(A, B, V), peer(A, L);
voted(L, A, B, V) :- vote(L, A, B, V);
voted(L, A, B, V)@next :- voted(L, A, B, V);
votes(L, B, V, count<A>) :- voted(L, A, B, V);
decided(L, V) :- votes(L, B, V, N), cluster(L, M), N > M / 2;
decided(L, V)@next :- decided(L, V);

pre(X, V) :- decided(X, V);
post(X, V) :- decided(X, V), notin conflict(_);
conflict(X) :- decided(X, V), decided(_, W), V != W;
`;
