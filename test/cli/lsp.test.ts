/** The built language server, driven by a real client over stdio. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Diagnostic, Hover, InlayHint, Location, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { Editor, edited } from './lsp-client.js';
import { acknowledged, folder, oneMessage, PACKAGE, SPECS, STACK } from './support.js';

const editors: Editor[] = [];

async function editor(files: Readonly<Record<string, string>>, options?: unknown): Promise<Editor> {
  const one = new Editor(folder(files));
  editors.push(one);
  await one.initialize(options);
  return one;
}

afterEach(async () => {
  for (const one of editors.splice(0)) {
    one.child.kill('SIGKILL');
    await one.ended;
    expect(one.stderr).not.toMatch(STACK);
  }
});

const lenses = (it: Editor, name: string) =>
  it.ask<{ command: { title: string; command: string; arguments: string[] } }[]>('textDocument/codeLens', {
    textDocument: { uri: it.uri(name) },
  });

const FACTS = 'node("a", "b")@1;\nnode(X, Y)@next :- node(X, Y);\nlog("a", "m")@1;\n';
const RULES = `//! durable log
include "facts.inc";
log(X, M)@next :- log(X, M);
log(Y, M)@async :- log(X, M), node(X, Y);
pre(X, M) :- log(X, M);
post(X, M) :- log(X, M);
`;

describe('diagnostics', () => {
  test('come as one types, with a quick fix that mends', async () => {
    const it = await editor({ 'a.ded': SPECS.violated });
    await it.open('a.ded');
    expect(await it.codes('a.ded')).toEqual([]);
    await it.type('a.ded', 'pre(X) :- wanted(X)', 'pre(X) :- wantd(X)');
    expect(await it.codes('a.ded')).toContain('never-derived');
    const { position } = it.at('a.ded', 'wantd', 1);
    const context = { diagnostics: [] };
    const params = { textDocument: { uri: it.uri('a.ded') }, range: { start: position, end: position }, context };
    const actions = await it.ask<{ title: string; edit: WorkspaceEdit }[]>('textDocument/codeAction', params);
    expect(actions.map(({ title }) => title)).toEqual(['Replace `wantd` by `wanted`']);
    const text = it.document('a.ded').getText();
    expect(edited(text, actions[0]?.edit.changes?.[it.uri('a.ded')] ?? [])).toBe(SPECS.violated);
    const version = await it.type('a.ded', 'wantd', 'wanted');
    expect(await it.codes('a.ded', version)).toEqual([]);
  });

  test('take the text of an open include before that of the disk, and its mistakes are its own', async () => {
    const it = await editor({ 'main.ded': RULES, 'facts.inc': FACTS });
    await it.open('main.ded');
    expect(await it.codes('main.ded')).toEqual([]);
    await it.open('facts.inc');
    await it.type('facts.inc', 'node("a", "b")@1;', 'node("a")@1;');
    const found = await it.diagnostics('facts.inc', ({ diagnostics }) => diagnostics.length > 0);
    expect(found.map(({ code }) => code)).toEqual(['arity-mismatch']);
    await it.type('facts.inc', 'node("a")@1;', 'node("a", "b")@1;');
    expect(await it.diagnostics('facts.inc', ({ diagnostics }) => diagnostics.length === 0)).toEqual([]);
  });

  test('show the mistakes of an include that is not open, and follow the disk', async () => {
    const it = await editor({ 'main.ded': RULES, 'facts.inc': `${FACTS}p(` });
    await it.open('main.ded');
    expect(await it.diagnostics('facts.inc')).toMatchObject([{ code: 'syntax', severity: 1 }]);
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(it.folder, 'facts.inc'), FACTS);
    const changes = [{ uri: it.uri('facts.inc'), type: 2 }];
    await it.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    expect(await it.diagnostics('facts.inc', ({ diagnostics }) => diagnostics.length === 0)).toEqual([]);
  });

  test('of a file that two programs include: a warning that only one has is none', async () => {
    const user = 'include "facts.inc";\npre(X, M) :- log(X, M);\npost(X, M) :- log(X, M), node(X, _);\n';
    const it = await editor({ 'a.ded': RULES, 'b.ded': user, 'facts.inc': `${FACTS}extra(X) :- node(X, _);\n` });
    await it.open('facts.inc');
    // Neither reads `extra`.
    await it.diagnostics('facts.inc', ({ diagnostics }) => diagnostics.some(({ code }) => code === 'never-read'));
    await it.open('b.ded', user.replace('node(X, _)', 'extra(X)'));
    await it.diagnostics('facts.inc', ({ diagnostics }) => !diagnostics.some(({ code }) => code === 'never-read'));
  });
});

describe('names', () => {
  test('are explained, found and renamed in all files of all programs', async () => {
    const other = 'include "facts.inc";\nlog(X, M)@next :- log(X, M);\npre(X) :- log(X, _);\npost(X) :- log(X, _);\n';
    const it = await editor({ 'main.ded': RULES, 'facts.inc': FACTS, 'other.ded': other });
    await it.open('main.ded');
    await it.codes('main.ded');
    const place = it.at('main.ded', 'log(X, M)@next', 1);
    const hover = await it.ask<Hover>('textDocument/hover', place);
    expect(JSON.stringify(hover.contents)).toMatch(/2 arguments.*derived by 2 rules \(1 @next, 1 @async\) and 1 fact/);
    const definitions = await it.ask<Location[]>('textDocument/definition', place);
    expect(definitions.map(({ uri }) => uri.split('/').at(-1)).sort()).toEqual(['facts.inc', 'main.ded', 'main.ded']);
    const include = await it.ask<Location[]>('textDocument/definition', it.at('main.ded', 'facts.inc'));
    expect(include).toMatchObject([{ uri: it.uri('facts.inc') }]);
    const { changes = {} } = await it.ask<WorkspaceEdit>('textDocument/rename', { ...place, newName: 'store' });
    expect(Object.keys(changes).sort()).toEqual(['facts.inc', 'main.ded', 'other.ded'].map(it.uri));
    expect(edited(RULES, changes[it.uri('main.ded')] ?? [])).toBe(RULES.replace(/\blog\b/g, 'store'));
    expect(edited(FACTS, changes[it.uri('facts.inc')] ?? [])).toBe(FACTS.replace(/\blog\b/g, 'store'));
    expect(edited(other, changes[it.uri('other.ded')] ?? [])).toBe(other.replace(/\blog\b/g, 'store'));
  });

  test('are not renamed where that would change what is said', async () => {
    const it = await editor({ 'main.ded': RULES, 'facts.inc': FACTS });
    await it.open('main.ded');
    const rename = (text: string, newName: string) =>
      it.ask('textDocument/rename', { ...it.at('main.ded', text), newName });
    await expect(rename('log(X, M)@next', 'node')).rejects.toThrow('there is a relation `node`');
    await expect(rename('log(X, M)@next', '12')).rejects.toThrow('a name is made of');
    await expect(rename('pre(X', 'before')).rejects.toThrow('a meaning of its own');
    await it.type('main.ded', 'pre(X, M) :- log(X, M);', 'pre(X, M) :- log(X, M;');
    await expect(rename('log(X, M)@next', 'store')).rejects.toThrow('mend the mistakes');
  });

  test('are completed and outlined', async () => {
    const it = await editor({ 'main.ded': RULES, 'facts.inc': FACTS });
    await it.open('main.ded');
    await it.type('main.ded', 'post(X, M) :- log', 'post(X, M) :- l');
    const items = await it.ask<{ label: string; textEdit: TextEdit }[]>(
      'textDocument/completion',
      it.at('main.ded', ':- l(', 4),
    );
    const log = items.find(({ label }) => label === 'log');
    expect(edited(it.document('main.ded').getText(), log ? [log.textEdit] : [])).toBe(RULES);
    const symbols = await it.ask<{ name: string }[]>('textDocument/documentSymbol', it.at('main.ded', 'log'));
    expect(symbols.map(({ name }) => name)).toEqual(['include facts.inc', 'log/2', 'pre/2', 'post/2']);
  });
});

test('formats what has no mistakes, and leaves the rest alone', async () => {
  const it = await editor({ 'a.ded': 'p( X )@next:-p(X) ;\np("a")@1;' });
  await it.open('a.ded');
  const params = { textDocument: { uri: it.uri('a.ded') }, options: { tabSize: 2, insertSpaces: true } };
  const edits = await it.ask<TextEdit[]>('textDocument/formatting', params);
  expect(edited(it.document('a.ded').getText(), edits)).toBe('p(X)@next :- p(X);\np("a")@1;\n');
  await it.type('a.ded', ':-p(X) ;', ':-p(X');
  expect(await it.ask('textDocument/formatting', params)).toBeNull();
});

describe('checks', () => {
  const hints = async (it: Editor, name: string): Promise<string[]> => {
    const whole = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
    const found = await it.ask<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri: it.uri(name) },
      range: whole,
    });
    return found.map(({ label }) => String(label));
  };

  test('are run on the text of the editor, and a verdict is not one on a later text', async () => {
    const it = await editor({ 'a.ded': SPECS.holds }, { reports: true });
    await it.open('a.ded');
    expect(await hints(it, 'a.ded')).toEqual([]);
    // Not saved: loss is possible now.
    await it.type('a.ded', 'eff=0', 'eff=2');
    const [lens] = await lenses(it, 'a.ded');
    expect(lens?.command.title).toBe('▷ Run this check');
    const answer = await it.ask('workspace/executeCommand', lens?.command);
    expect(answer).toEqual({ verdicts: ['✗ violated: 1 counterexample'] });
    expect(await hints(it, 'a.ded')).toEqual(['✗ violated: 1 counterexample']);
    expect((await lenses(it, 'a.ded')).map(({ command }) => command.title)).toContain('Open report');
    expect(await it.ask('ldfi/report', [it.uri('a.ded'), '0'])).toMatch(/^<!doctype html>/);
    await it.type('a.ded', 'send("a", "b")@1;', 'send("a", "b")@2;');
    expect(await hints(it, 'a.ded')).toEqual(['? of an earlier text: ✗ violated: 1 counterexample']);
    expect(await it.ask('ldfi/report', [it.uri('a.ded'), '0'])).toBeNull();
    await it.type('a.ded', '@2;', '@1;');
    expect(await hints(it, 'a.ded')).toEqual(['✗ violated: 1 counterexample']);
  });

  test('are run all at once, and each gets its own verdict', async () => {
    const [, ...rest] = SPECS.violated.split('\n');
    const line = (eff: number): string => `//! check name=same eot=4 eff=${eff} crashes=0 nodes=a,b`;
    const it = await editor({ 'a.ded': [line(2), line(0), ...rest].join('\n') });
    await it.open('a.ded');
    const [all] = await lenses(it, 'a.ded');
    expect(all?.command.title).toBe('▷ Run all checks');
    await it.ask('workspace/executeCommand', all?.command);
    expect(await hints(it, 'a.ded')).toEqual(['✗ violated: 1 counterexample', '✓ holds']);
    // The second line is the first now: nothing is said of it.
    await it.type('a.ded', `${line(2)}\n`, '');
    expect((await hints(it, 'a.ded')).filter((label) => label.startsWith('✗') || label.startsWith('✓'))).toEqual([]);
  });

  test('say when they cannot be run', async () => {
    const it = await editor({ 'a.ded': SPECS.holds });
    await it.open('a.ded');
    await it.type('a.ded', 'pre(X) :- wanted(X);', 'pre(X) :- wanted(Y);');
    const [lens] = await lenses(it, 'a.ded');
    expect(await it.ask('workspace/executeCommand', lens?.command)).toBeNull();
    expect(it.messages.join()).toContain('it has mistakes: the variable `X`');
    expect(await hints(it, 'a.ded')).toEqual(['! could not be run']);
  });

  test('are cancelled, by their request or all at once, while diagnostics go on', async () => {
    const slow = acknowledged(9, 'name=slow eot=14 eff=12 crashes=4');
    const it = await editor({ 'a.ded': slow });
    await it.open('a.ded');
    const command = { command: 'ldfi.runCheck', arguments: [it.uri('a.ded'), '0'] };
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const source = new CancellationTokenSource();
    const first = it.connection.sendRequest('workspace/executeCommand', command, source.token);
    const second = it.ask('workspace/executeCommand', command);
    const outcomes = Promise.allSettled([first, second]);
    expect(await hints(it, 'a.ded')).toEqual(['… running']);
    const version = await it.type('a.ded', 'pre(X, M) :- log', 'pre(X, M) :- logg');
    expect(await it.codes('a.ded', version)).toContain('never-derived');
    source.cancel();
    await it.ask('workspace/executeCommand', { command: 'ldfi.stopRuns' });
    const reasons = (await outcomes).map((one) => (one.status === 'rejected' ? String(one.reason) : 'fulfilled'));
    expect(reasons).toEqual([expect.stringContaining('cancelled'), expect.stringContaining('cancelled')]);
    expect(await hints(it, 'a.ded')).toEqual([]);
  });

  test('end when their time is up', async () => {
    const slow = acknowledged(20, 'name=slow eot=60 eff=58 crashes=6');
    const it = await editor({ 'a.ded': slow }, { timeout: 1 });
    await it.open('a.ded');
    const command = { command: 'ldfi.runCheck', arguments: [it.uri('a.ded'), '0'] };
    const answer = await it.ask<{ verdicts: string[] }>('workspace/executeCommand', command);
    expect(answer.verdicts[0]).toMatch(/time was up|may be more/);
  });

  test('of a protocol are run from the disk, and only on command', async () => {
    const module = oneMessage("{ name: 'loss', eot: 4, eff: 2, crashes: 0, expect: 'violated' }");
    const it = await editor({ 'p.ts': `import { writeFileSync } from 'node:fs';\n${module}` });
    await it.open('p.ts', undefined, 'typescript');
    const titles = await lenses(it, 'p.ts');
    expect(titles.map(({ command }) => command.arguments[1])).toEqual(['*', 'loss']);
    await it.type('p.ts', "name: 'one'", "name: 'two'");
    await expect(it.ask('workspace/executeCommand', titles[1]?.command)).rejects.toThrow('save the file first');
    await it.type('p.ts', "name: 'two'", "name: 'one'");
    const answer = await it.ask('workspace/executeCommand', titles[1]?.command);
    expect(answer).toEqual({ verdicts: ['✗ violated: 1 counterexample, as expected'] });
    expect(await hints(it, 'p.ts')).toContain('✗ violated: 1 counterexample, as expected');
  });
});

describe('mistakes of a module', () => {
  const CHECK = "{ name: 'loss', eot: 4, eff: 2, crashes: 0, expect: 'violated' }";
  /** Where a mistake is shown, as text. */
  const shown = (it: Editor, name: string, all: readonly Diagnostic[]): string[] =>
    all.map(({ code, range }) => `${code}: ${it.document(name).getText(range)}`);
  const some = ({ diagnostics }: { diagnostics: readonly unknown[] }): boolean => diagnostics.length > 0;
  const none = ({ diagnostics }: { diagnostics: readonly unknown[] }): boolean => diagnostics.length === 0;

  test('are shown where they are once it was run, until it says something else', async () => {
    const module = oneMessage(CHECK).replace('onMessage', 'onMesage');
    const it = await editor({ 'p.ts': module });
    await it.open('p.ts', undefined, 'typescript');
    const [all] = await lenses(it, 'p.ts');
    await it.ask('workspace/executeCommand', all?.command);
    const found = await it.diagnostics('p.ts', some);
    expect(shown(it, 'p.ts', found)).toEqual(['bad-protocol: onMesage']);
    expect(found[0]?.message).toContain('onMessage');
    await it.type('p.ts', 'onMesage', 'onMessage');
    expect(await it.diagnostics('p.ts', none)).toEqual([]);
  });

  test('are those of a program in Bloom, whose checks are run as well', async () => {
    const text = readFileSync(join(PACKAGE, 'specs/bloom/chat.ts'), 'utf8');
    const it = await editor({ 'chat.ts': text.replace('[c.client]', '[c.clint]').replace('j.client', 'j.clint') });
    await it.open('chat.ts', undefined, 'typescript');
    const [all, loss] = await lenses(it, 'chat.ts');
    await it.ask('workspace/executeCommand', all?.command);
    expect(shown(it, 'chat.ts', await it.diagnostics('chat.ts', some))).toEqual([
      'bad-bloom: member.now(join.map((j) => [j.clint]))',
    ]);
    writeFileSync(join(it.folder, 'chat.ts'), text);
    await it.type('chat.ts', 'j.clint', 'j.client');
    expect(await it.diagnostics('chat.ts', none)).toEqual([]);
    expect(await it.ask('workspace/executeCommand', loss?.command)).toEqual({
      verdicts: ['✗ violated: 2 counterexamples, as expected'],
    });
  });

  test('are those of handlers, too', async () => {
    const module = oneMessage(CHECK).replace('(ctx.state.has = true)', 'Date.now()');
    const it = await editor({ 'p.ts': module });
    await it.open('p.ts', undefined, 'typescript');
    const [all] = await lenses(it, 'p.ts');
    await it.ask('workspace/executeCommand', all?.command);
    const found = await it.diagnostics('p.ts', some);
    expect(shown(it, 'p.ts', found)).toEqual(['impure-handler: now']);
  });

  test('are looked for when it is saved if the editor says so, which runs it', async () => {
    const path = (it: Editor): string => join(it.folder, 'p.ts');
    const loads = oneMessage(CHECK);
    const wrong = `${loads}\nfunction (;\n`;
    const quiet = await editor({ 'p.ts': wrong });
    const it = await editor({ 'p.ts': wrong }, { loadOnSave: true });
    for (const one of [quiet, it]) {
      await one.open('p.ts', undefined, 'typescript');
      await one.connection.sendNotification('textDocument/didSave', { textDocument: { uri: one.uri('p.ts') } });
    }
    const [found] = await it.diagnostics('p.ts', some);
    expect(found).toMatchObject({ code: 'syntax', range: { start: { line: wrong.split('\n').length - 2 } } });
    await it.type('p.ts', '\nfunction (;\n', '');
    writeFileSync(path(it), loads);
    await it.connection.sendNotification('textDocument/didSave', { textDocument: { uri: it.uri('p.ts') } });
    expect(await it.diagnostics('p.ts', none)).toEqual([]);
    expect(await lenses(quiet, 'p.ts')).not.toEqual([]);
    await expect(quiet.diagnostics('p.ts', some, 500)).rejects.toThrow('no such diagnostics');
  });
});

describe('the process', () => {
  test('ends with 0 after a shutdown, with 1 without one, and when its input ends', async () => {
    const orderly = await editor({});
    expect(await orderly.shutdown()).toBe(0);
    const abrupt = await editor({});
    await abrupt.connection.sendNotification('exit');
    expect(await abrupt.ended).toBe(1);
    const left = await editor({});
    left.child.stdin.end();
    expect(await left.ended).toBe(1);
  });

  test.each(['shutdown', 'SIGTERM', 'SIGKILL'] as const)('leaves no run behind: %s', async (how) => {
    const it = await editor({ 'a.ded': acknowledged(9, 'name=slow eot=14 eff=12 crashes=4') });
    await it.open('a.ded');
    const command = { command: 'ldfi.runCheck', arguments: [it.uri('a.ded'), '0'] };
    it.ask('workspace/executeCommand', command).catch(() => undefined);
    const children = (): string[] =>
      readFileSync(`/proc/${it.child.pid}/task/${it.child.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    let pids: string[] = [];
    await expect
      .poll(
        () => {
          pids = children();
          return pids.length;
        },
        { timeout: 30_000 },
      )
      .toBe(1);
    if (how === 'shutdown') expect(await it.shutdown()).toBe(0);
    else it.child.kill(how);
    await expect.poll(() => isAlive(Number(pids[0])), { timeout: 30_000 }).toBe(false);
  });

  test('survives what is no request, and says so', async () => {
    const it = await editor({ 'a.ded': SPECS.holds });
    const body = '{"jsonrpc": "2.0", "id": ';
    it.child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    await expect(it.ask('textDocument/nonsense', {})).rejects.toThrow();
    await expect(it.ask('textDocument/hover', { textDocument: {} })).rejects.toThrow();
    await it.open('a.ded', 'p(\0\u202e');
    expect(await it.codes('a.ded')).not.toEqual([]);
    await it.type('a.ded', 'p(', 'q(X) :- ');
    expect(await it.codes('a.ded')).not.toEqual([]);
    expect(await it.shutdown()).toBe(0);
  });

  test('ends with its input, also where that is nothing of the protocol', async () => {
    const it = new Editor(folder({}));
    editors.push(it);
    it.child.stdin.write('GET / HTTP/1.1\r\n\r\n');
    it.child.stdin.end();
    expect(await it.ended).toBe(1);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('no other command reads it', () => {
  expect(readFileSync(join(PACKAGE, 'dist/cli/main.cjs'), 'latin1')).not.toContain('Content-Length');
});
