/**
 * Protocols that are there twice, as message handlers and as a Dedalus program: nodes, timing and promise are the same,
 * so verdicts must be, and where a crash means the same to both, the sets of minimal counterexamples too. The two share
 * neither simulator nor lineage.
 *
 * A crash does not mean the same where the promise counts what a crashed node has in its tables: in Dedalus they go on,
 * a node of handlers stops.
 */
import { describe, expect, it } from 'vitest';
import broadcastAck from '../../specs/typescript/broadcast-ack.js';
import broadcastRelay from '../../specs/typescript/broadcast-relay.js';
import broadcastRelayOnce from '../../specs/typescript/broadcast-relay-once.js';
import broadcastRetry from '../../specs/typescript/broadcast-retry.js';
import broadcastSimple from '../../specs/typescript/broadcast-simple.js';
import primaryBackupAsync from '../../specs/typescript/primary-backup-async.js';
import primaryBackupSync from '../../specs/typescript/primary-backup-sync.js';
import raftElection from '../../specs/typescript/raft-election.js';
import doubleVote from '../../specs/typescript/raft-election-double-vote.js';
import twoPhaseCommit from '../../specs/typescript/two-phase-commit.js';
import impatientCommit from '../../specs/typescript/two-phase-commit-timeout.js';
import { fileReader } from '../../src/cli/io/file-reader.js';
import { loadProgram } from '../../src/dedalus/load.js';
import { makeBounds } from '../../src/faults/bounds.js';
import type { AnyProtocol } from '../../src/protocol/types.js';
import { resolveChecks } from '../../src/search/check.js';
import { check } from '../../src/testing/check.js';
import { answerOf, engineVerdict } from '../reference/compare.js';
import { firstOf } from '../size.js';

/** EOT, EFF, crashes. */
type Numbers = readonly [eot: number, eff: number, crashes: number];

interface Twins {
  readonly dedalus: string;
  readonly protocol: AnyProtocol;
  /** Bounds beside those of the checks of both. */
  readonly also: readonly Numbers[];
  /** Bounds within which only verdicts are compared. */
  readonly verdictOnly?: (crashes: number) => boolean;
}

const TWINS: readonly Twins[] = [
  {
    dedalus: 'broadcast/simple',
    protocol: broadcastSimple,
    also: [
      [5, 3, 0],
      [5, 3, 1],
      [4, 2, 2],
      [3, 0, 0],
    ],
  },
  {
    dedalus: 'broadcast/retry',
    protocol: broadcastRetry,
    also: [
      [6, 6, 0],
      [5, 2, 1],
      [7, 4, 2],
      [8, 5, 1],
    ],
  },
  {
    dedalus: 'broadcast/ack',
    protocol: broadcastAck,
    also: [
      [5, 5, 0],
      [6, 5, 1],
      [4, 3, 2],
      [5, 5, 2],
    ],
  },
  {
    dedalus: 'broadcast/relay-forever',
    protocol: broadcastRelay,
    also: [
      [5, 5, 0],
      [5, 4, 1],
      [4, 3, 2],
      [5, 5, 2],
    ],
  },
  {
    dedalus: 'broadcast/relay-once',
    protocol: broadcastRelayOnce,
    also: [
      [5, 3, 1],
      [5, 3, 2],
      [6, 4, 1],
    ],
  },
  {
    dedalus: 'commit/2pc',
    protocol: twoPhaseCommit,
    also: [
      [5, 4, 0],
      [7, 4, 2],
      [8, 6, 1],
      [6, 6, 0],
    ],
  },
  {
    dedalus: 'commit/2pc-timeout',
    protocol: impatientCommit,
    also: [
      [7, 4, 1],
      [7, 3, 2],
      [6, 6, 0],
    ],
  },
  {
    dedalus: 'replication/primary-backup-async',
    protocol: primaryBackupAsync,
    also: [
      [7, 6, 1],
      [7, 4, 2],
      [4, 4, 1],
    ],
  },
  {
    dedalus: 'replication/primary-backup-sync',
    protocol: primaryBackupSync,
    also: [
      [6, 5, 0],
      [7, 4, 2],
      [9, 7, 1],
    ],
  },
  // Even a crashed leader counts.
  {
    dedalus: 'consensus/raft-election',
    protocol: raftElection,
    also: [
      [8, 7, 0],
      [10, 5, 1],
      [8, 3, 2],
    ],
    verdictOnly: (crashes) => crashes > 0,
  },
  {
    dedalus: 'consensus/raft-election-double-vote',
    protocol: doubleVote,
    also: [
      [6, 3, 0],
      [8, 3, 0],
      [8, 3, 1],
      [8, 4, 0],
      [8, 7, 0],
      [10, 6, 0],
    ],
    verdictOnly: (crashes) => crashes > 0,
  },
];

describe.each(TWINS)('$dedalus', ({ dedalus, protocol, also, verdictOnly }) => {
  const { program } = loadProgram([`specs/${dedalus}.ded`], fileReader);
  if (!program) throw new Error(`${dedalus} does not load`);
  const theirs = resolveChecks(program).map(({ bounds: { eot, eff, crashes } }): Numbers => [eot, eff, crashes]);
  const ours = protocol.checks.map(({ eot = 0, eff = 0, crashes = 0 }): Numbers => [eot, eff, crashes]);
  const all = new Map([...theirs, ...ours, ...also].map((numbers) => [numbers.join(), numbers]));

  it.each(firstOf([...all.values()], 2))(
    'is answered alike with EOT %i, EFF %i and %i crashes',
    async (eot, eff, crashes) => {
      const bounds = makeBounds({ eot, eff, crashes, nodes: protocol.nodes });
      const expected = answerOf(await engineVerdict(program, bounds, {}));
      const verdict = await check(protocol, { eot, eff, crashes });
      expect(verdict.complete).toBe(verdict.kind !== 'vacuous');
      if (verdictOnly?.(crashes)) expect(verdict.kind).toBe(expected.verdict);
      else expect(answerOf(verdict)).toEqual(expected);
    },
  );
});
