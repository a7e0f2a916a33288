/** Handwritten programs in the style of the published ones; each must load without a single diagnostic. */

/** Naive broadcast, its retrying and its relaying variant, with the assertions of all three. */
export const deliveryAssertions = `
// every correct node delivers what a correct node delivered
missing_log(A, Pl) :- log(X, Pl), node(X, A), notin log(A, Pl);

pre(X, Pl) :- log(X, Pl), notin bcast(X, Pl)@1, notin crash(X, X, _);
post(X, Pl) :- log(X, Pl), notin missing_log(_, Pl);
`;

export const broadcastFacts = `
node("a", "a")@1; node("a", "b")@1; node("a", "c")@1;
node("b", "a")@1; node("b", "b")@1; node("b", "c")@1;
node("c", "a")@1; node("c", "b")@1; node("c", "c")@1;
bcast("a", "Hello, world!")@1;
`;

export const simpleBroadcast = `
include "facts.ded";
include "assertions.ded";
/* membership and the log
   persist */
node(Node, Neighbor)@next :- node(Node, Neighbor);
log(Node, Pload)@next :- log(Node, Pload);
log(Node, Pload) :- bcast(Node, Pload);
log(Node2, Pload)@async :- bcast(Node1, Pload), node(Node1, Node2);
`;

export const retryingBroadcast = `${simpleBroadcast}
bcast(Node, Pload)@next :- bcast(Node, Pload), notin done(Node, Pload);
ack(Src, Node, Pload)@async :- log(Node, Pload), node(Node, Src);
ack(S, H, P)@next :- ack(S, H, P);
acks(N, P, count<H>) :- ack(N, H, P);
members(N, count<M>) :- node(N, M);
done(N, P) :- acks(N, P, C), members(N, C);
`;

/** Timers, arithmetic in heads, majority, agreement stated over all nodes. */
export const voting = `
node("c", "p1")@1; node("c", "p2")@1; node("p1", "c")@1; node("p2", "c")@1;
begin("c", 7)@1;
node(N, M)@next :- node(N, M);
timer(C, X, 4) :- begin(C, X);
timer(C, X, T - 1)@next :- timer(C, X, T), T > 1, notin decided(C, X);
expired(C, X) :- timer(C, X, 1);
prepare(P, C, X)@async :- begin(C, X), node(C, P);
vote(C, P, X, "Y")@async :- prepare(P, C, X), notin refuses(P, X);
refuses(P, X) :- prepare(P, _, X), X < 0;
vote(C, P, X, V)@next :- vote(C, P, X, V);
yes(C, X, count<P>) :- vote(C, P, X, "Y");
all(C, count<P>) :- node(C, P);
commit(C, X) :- yes(C, X, Cnt), all(C, Total), Cnt > Total / 2;
decided(C, X) :- commit(C, X);
decided(C, X) :- expired(C, X), notin commit(C, X);
decision(P, C, X, "commit")@async :- commit(C, X), node(C, P);
decision(P, C, X, "abort")@async :- expired(C, X), notin commit(C, X), node(C, P);
decision(P, C, X, D)@next :- decision(P, C, X, D);
disagree(X) :- decision(_, _, X, V1), decision(_, _, X, V2), V1 != V2;
pre(C, X) :- begin(C, X)@1, decision(_, C, X, _);
post(C, X) :- begin(C, X)@1, notin disagree(X);
`;
