import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batch, folder, ldfi, resultIn, SPECS, shell, unprintable } from './support.js';

/**
 * Colours, a line end, a bell, a reversal of the text, a C1 control, a zero-width joiner, a tag beyond the first plane.
 */
const NASTY = '\x1b[31mred\r\nerror: fake\x07\u202egnp.\u009b2J\u200d\u{e0041}';
const NAME = NASTY.replaceAll(/[\s"=]/g, '_');

const HOSTILE = SPECS.violated
  .replaceAll(
    '"b"',
    JSON.stringify('b').replace('b', () => NASTY),
  )
  .replace(
    /\/\/! check.*/,
    `//! check name="${NAME}" eot=4 eff=2 crashes=1\n//! check name=second eot=4 eff=0 crashes=0`,
  );

test('hostile names in facts, checks and files never reach the terminal raw', () => {
  const file = `${NASTY.replaceAll('/', '_')}.ded`;
  const cwd = folder({ 's.ded': HOSTILE, [file]: HOSTILE, 'bad.ded': `${HOSTILE}\nfoo("${NASTY}"` });
  const results = batch(cwd, [
    ['run', 's.ded', '--json', 'o.json'],
    ['run', 's.ded', '--json', '-'],
    ['run', 's.ded', '-v'],
    ['run', 's.ded', '--lineage', 'run', '--strategy', 'random', '--max-executions', '20'],
    ['run', file],
    ['run', file, '--json', `${NASTY}.json`],
    ['run', file, '--json', `s.ded/${NASTY}`],
    ['run', 's.ded', '--nodes', `a,${NASTY}x`],
    ['run', 's.ded', '--check', NASTY],
    ['run', 'bad.ded'],
    ['run', NASTY],
    ['test', '.'],
    ['test', '.', '-q'],
    ['test', NASTY],
    ['check', file],
    ['check', 'bad.ded'],
    ['combos', 's.ded'],
    ['replay', 'o.json'],
    ['replay', 'o.json', '--check', NASTY],
    ['replay', 'o.json', '--check', 'second'],
    ['replay', NASTY],
    [NASTY],
    ['run', `--${NASTY}`],
    ['run', `--eot=${NASTY}`, 's.ded'],
    ['run', '--eot', NASTY, 's.ded'],
    ['run', '--strategy', NASTY, 's.ded'],
  ]);
  expect(results).toHaveLength(26);
  for (const [i, { stdout, stderr }] of results.entries()) {
    expect([i, unprintable(stdout), unprintable(stderr)]).toEqual([i, [], []]);
    expect([i, `${stdout}${stderr}`.includes('\nerror: fake')]).toEqual([i, false]);
  }
  // Escaped, not changed.
  const [check] = resultIn(cwd, 'o.json').checks;
  expect(check?.name).toBe(NAME);
  expect(check?.bounds.nodes).toContain(NASTY);
  expect(results.map(({ code }) => code)).toEqual([
    1, 1, 1, 1, 1, 1, 2, 4, 2, 2, 2, 2, 2, 2, 0, 2, 0, 1, 2, 2, 2, 2, 2, 2, 2, 2,
  ]);
});

test('the command that replays is quoted for the shell', () => {
  const cwd = folder({ "it's $HOME.ded": SPECS.violated.replace('name=loss', 'name="a b"') });
  const { stdout } = ldfi(cwd, ['run', "it's $HOME.ded"]);
  const command = /Replay {2}npx ldfi (.*)/.exec(stdout)?.[1] ?? '';
  expect(shell(cwd, `$LDFI ${command}`)).toMatchObject({ code: 1, stdout: expect.stringContaining('still violated') });
});

test.skipIf(!existsSync('/usr/bin/script'))('in a terminal: colours, and a progress line that is removed', () => {
  const cwd = folder({ 's.ded': SPECS.holds });
  const pty = (command: string) => shell(cwd, `script -qec ${JSON.stringify(command)} /dev/null < /dev/null`).stdout;
  expect(pty('$LDFI run s.ded')).toContain('\x1b[');
  const long = pty('NO_COLOR=1 $LDFI run s.ded --strategy random --max-executions 100000000 --timeout 1');
  expect(long).toMatch(/\[2Kcalm: [a-z0-9 ]+; \d+ scenarios? run; [0-9.]+ s/);
  const after = long.slice(long.lastIndexOf('\r\x1b[2K'));
  expect(after).toContain('! INCONCLUSIVE');
  expect(after).not.toContain(' run; ');
  expect(pty(`TERM=dumb $LDFI run ${join(cwd, 's.ded')}`)).not.toContain('\x1b');
});
