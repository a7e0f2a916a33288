/**
 * The buggy specs of this repository: an edit that is proved, as a patch that git takes; judged by a search of its own
 * and by brute force over the naive evaluator.
 */
import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../src/answer/verdict.js';
import { printClause } from '../../src/dedalus/print.js';
import type { Program } from '../../src/dedalus/program.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { resolveChecks } from '../../src/search/check.js';
import { bruteAnswer } from '../reference/compare.js';
import { naiveRun } from '../reference/naive.js';
import { firstOf, isWhole } from '../size.js';
import { applied, filesOf, fixesOf, programOf } from './support.js';

/** What the best edit puts in. */
const MENDED: readonly (readonly [path: string, added: RegExp])[] = [
  ['bugs/bootstrap-lost-vote', /^\+joined\(D\)@async :- fetch\(N, D\), has\(N, _\);$/m],
  ['bugs/late-completion', /^\+finished\(A, T\) :- done\(A, W, T\);$/m],
  ['bugs/output-commit', /^\+slot\(A, W, T\)@next :- slot\(A, W, T\), notin fails\(A, W, T\);$/m],
  ['bugs/racing-schema', /^\+received\(B, C, D\)@async :- mutation\(C, B, _, D\), row\(C, _, D\);$/m],
  ['bugs/sent-flag', /^\+ack\(L, F\)@next :- ack\(L, F\);$/m],
  ['consensus/raft-election-double-vote', /^\+voted\(X, T, C\)@next :- voted\(X, T, C\);$/m],
  ['consensus/token-ring-resend', /^\+/m],
  ['consensus/bully', /^\+/m],
];

/** Most runs of brute force per check. */
const MOST_RUNS = 4_000;

/** The rules that say what is promised. */
const assertionOf = (program: Program): string[] =>
  program.rules.filter(({ head }) => ['pre', 'post', 'never'].includes(head.relation)).map(printClause);

describe.each(MENDED)('specs/%s.ded', (name, added) => {
  test('is mended, by an edit that resembles what was done to it', async () => {
    const mended = await fixesOf(filesOf(`specs/${name}.ded`), isWhole ? 3 : 2);
    const [patch = ''] = mended.patches;
    expect(patch).toMatch(added);
    for (const one of mended.patches) {
      const program = programOf(applied(mended.files, one));
      expect(assertionOf(program)).toEqual(assertionOf(mended.program));
      expect(program.facts.map(({ clause }) => printClause(clause))).toEqual(
        mended.program.facts.map(({ clause }) => printClause(clause)),
      );
      for (const { bounds } of mended.checks) {
        expect((await verdictOf(new DedalusSystem(program, bounds), {})).kind).toBe('holds');
        const [before, after] = [mended.program, program].map((it) => naiveRun(it, bounds, []).ticks.at(-1));
        for (const relation of ['pre', 'post'])
          expect(after?.get(relation) ?? []).toEqual(expect.arrayContaining([...(before?.get(relation) ?? [])]));
      }
    }
    // By brute force, within the bounds and, where that is too much, within smaller ones.
    const program = programOf(applied(mended.files, patch));
    let judged = 0;
    for (const { bounds } of firstOf(mended.checks))
      for (const eff of [bounds.eff, 2, 1]) {
        const answer = bruteAnswer(program, { ...bounds, eff }, MOST_RUNS);
        if (!answer) continue;
        expect(answer.verdict).toBe('holds');
        judged++;
        break;
      }
    expect(judged).toBeGreaterThan(0);
  });
});

test('a token that is there once and dies with its holder is not mended, and what is left says why', async () => {
  const { fixes, partial, checks } = await fixesOf(filesOf('specs/consensus/token-ring.ded'));
  expect(fixes).toEqual([]);
  expect(partial).toMatchObject({
    removed: 2,
    known: 5,
    broken: { scenario: [{ kind: 'crash', node: 'a', tick: 1 }] },
  });
  expect(checks[partial?.broken.check ?? -1]?.name).toBe('one-fault');
});

test('all that is said of a spec is the same whenever it is asked', async () => {
  const files = filesOf('specs/bugs/racing-schema.ded');
  const [one, other] = [await fixesOf(files), await fixesOf(files)];
  const told = ({ fixes, patches }: typeof one) => [fixes.map((fix) => [fix.proposal.why(), fix.proof]), patches];
  expect(told(one)).toEqual(told(other));
});

test('line ends of Windows and a file without an end of its last line are kept', async () => {
  const files = filesOf('specs/bugs/sent-flag.ded').map((file) => ({
    ...file,
    text: file.text.trimEnd().replaceAll('\n', '\r\n'),
  }));
  const { patches } = await fixesOf(files, 1);
  const [root] = applied(files, patches[0] ?? '');
  expect(root?.text).toBe(`${files[0]?.text}\r\nack(L, F)@next :- ack(L, F);`);
});

test('nothing is mended by promising less: an assertion, its facts and what it remembers are left alone', async () => {
  // The message is sent once, and only the assertion could be made to ask for less.
  const text = `//! check eot=3 eff=2 nodes=a,b
start("a", "b")@1;
got(Y)@async :- start(X, Y);
seen(Y) :- got(Y);
seen(Y)@next :- seen(Y);
pre("a", Y) :- asked("a", Y);
asked(X, Y) :- start(X, Y);
asked(X, Y)@next :- asked(X, Y);
post("a", Y) :- seen(Y), asked("a", Y);
`;
  const { fixes, patches, program } = await fixesOf([{ path: 'once.ded', text }]);
  for (const patch of patches) {
    const after = programOf(applied([{ path: 'once.ded', text }], patch));
    expect(assertionOf(after)).toEqual(assertionOf(program));
    expect(resolveChecks(after)).toEqual(resolveChecks(program));
  }
  expect(fixes.map(({ proposal }) => proposal.kinds)).toEqual([['persist']]);
  expect(patches[0]).toContain('+start(X, Y)@next :- start(X, Y);');
});
