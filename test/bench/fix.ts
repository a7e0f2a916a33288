/**
 * `ldfi fix` on the buggy specs: how long it takes, what it tries, and whether an edit is proved.
 */
import { filesOf, fixesOf } from '../fix/support.js';
import { table } from './table.js';

const SPECS = [
  ...['bootstrap-lost-vote', 'late-completion', 'output-commit', 'racing-schema', 'sent-flag'].map(
    (it) => `bugs/${it}`,
  ),
  ...['bully', 'raft-election-double-vote', 'token-ring', 'token-ring-resend'].map((it) => `consensus/${it}`),
];

export interface FixRow {
  readonly name: string;
  /** Seconds of CPU time, the searches of the spec as it is among them. */
  readonly cpu: number;
  readonly tried: number;
  readonly searched: number;
  /** What the best edit does; undefined if none was proved. */
  readonly best: string | undefined;
}

/** @param only as of `--only`: those whose name, which begins with `fix/`, has it */
export async function measureFixes(only: string, progress: (text: string) => void): Promise<FixRow[]> {
  const rows: FixRow[] = [];
  for (const spec of SPECS) {
    const name = `fix/${spec}`;
    if (!name.includes(only)) continue;
    progress(name);
    const start = process.cpuUsage();
    const { tried, searched, fixes } = await fixesOf(filesOf(`specs/${spec}.ded`));
    const { user, system } = process.cpuUsage(start);
    rows.push({ name, cpu: (user + system) / 1e6, tried, searched, best: fixes[0]?.proposal.title });
  }
  return rows;
}

export const fixTable = (rows: readonly FixRow[]): string =>
  table(
    ['spec', 'CPU s', 'edits tried', 'searched', 'the best'],
    rows.map(({ name, cpu, tried, searched, best }) => [name, cpu.toFixed(1), tried, searched, best ?? 'none']),
  );
