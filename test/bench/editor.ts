/**
 * The language server: from a keystroke in a spec of a thousand lines to its diagnostics, on the built server, over
 * stdio.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { median } from './numbers.js';
import { ms, table } from './table.js';

/** Milliseconds of wall time, from a keystroke to the diagnostics of its text. */
export interface EditorTimes {
  readonly lines: number;
  readonly median: number;
  /** All but one in twenty take no longer. */
  readonly most: number;
  readonly worst: number;
  readonly rounds: number;
  /** CPU time of the server per keystroke, milliseconds; undefined where the system does not tell. */
  readonly cpu: number | undefined;
}

const LINES = 1000;
const WARM_UP = 10;

/** A protocol of many parts, each with rules, facts, a comment and an assertion, of a thousand lines. */
function spec(): string {
  const head = '//! check name=usual eot=6 eff=3 crashes=1 nodes=a,b,c\n';
  const part = (i: number): string => `// part ${i}: what arrives is kept, and passed on once
node_${i}("a", "b")@1;  node_${i}("b", "c")@1;  node_${i}("c", "a")@1;
node_${i}(X, Y)@next :- node_${i}(X, Y);
log_${i}(X, M) :- start_${i}(X, M);
log_${i}(X, M)@next :- log_${i}(X, M);
log_${i}(Y, M)@async :- log_${i}(X, M), node_${i}(X, Y), notin sent_${i}(X, M);
sent_${i}(X, M)@next :- log_${i}(X, M);
start_${i}("a", ${i})@1;
pre(X, M) :- log_${i}(X, M), notin crash(X, X, _);
post(X, M) :- log_${i}(X, M), sent_${i}(X, M);
`;
  const parts = Array.from({ length: LINES / 10 }, (_, i) => part(i));
  return head + parts.join('');
}

/** CPU time of a process so far, in milliseconds, where there is a `/proc` (in hundredths of a second). */
function cpuOf(pid: number | undefined): number | undefined {
  try {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user = '', system = ''] = fields.split(' ').slice(11, 13);
    return 10 * (Number(user) + Number(system));
  } catch {
    return undefined;
  }
}

/** Undefined if the command line is not built, or nobody asked. */
export async function measureEditor(quick: boolean, only: string): Promise<EditorTimes | undefined> {
  if ((only !== '' && !only.startsWith('editor/')) || !existsSync('dist/cli/lsp.cjs')) return undefined;
  const rounds = quick ? 40 : 200;
  const child = spawn(process.execPath, ['bin/ldfi.js', 'lsp', '--stdio']);
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let arrived: (params: PublishDiagnosticsParams) => void = () => undefined;
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => arrived(params));
  connection.listen();
  try {
    await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    await connection.sendNotification('initialized', {});
    const uri = pathToFileURL(join(tmpdir(), 'ldfi-bench-thousand-lines.ded')).href;
    const text = spec();
    const answered = (version: number): Promise<void> =>
      new Promise((resolve) => {
        arrived = (params) => params.version === version && resolve();
      });
    const opened = answered(1);
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'ded', version: 1, text },
    });
    await opened;
    const times: number[] = [];
    let before: number | undefined;
    // A word in the middle, letter by letter, and back: names that are right, and names that are not.
    const middle = text.split('\n').findIndex((line) => line.startsWith(`log_${LINES / 20}(X, M) :- `));
    for (let i = 0; i < rounds + WARM_UP; i++) {
      const typed = i % 2 === 0;
      const at = { line: middle, character: 3 };
      const range = { start: at, end: { line: middle, character: typed ? 3 : 4 } };
      const version = i + 2;
      const done = answered(version);
      const from = performance.now();
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range, text: typed ? 'x' : '' }],
      });
      await done;
      if (i === WARM_UP - 1) before = cpuOf(child.pid);
      if (i >= WARM_UP) times.push(performance.now() - from);
    }
    const sorted = times.sort((a, b) => a - b);
    const most = sorted[Math.ceil(0.95 * rounds) - 1] ?? Number.POSITIVE_INFINITY;
    const after = cpuOf(child.pid);
    const cpu = before === undefined || after === undefined ? undefined : (after - before) / rounds;
    const lines = text.split('\n').length - 1;
    return { lines, median: median(times), most, worst: sorted.at(-1) ?? most, rounds, cpu };
  } finally {
    child.kill();
    connection.dispose();
  }
}

export const editorTable = ({ lines, median: usual, most, worst, rounds, cpu }: EditorTimes): string =>
  table(
    ['lines', 'keystrokes', 'median ms', '95 % ms', 'worst ms', 'CPU ms'],
    [[lines, rounds, ms(usual), ms(most), ms(worst), cpu === undefined ? undefined : ms(cpu)]],
  );
