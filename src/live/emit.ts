/**
 * Counterexamples of real systems as tests that pin them: each injects the same faults again, fails as long as they break
 * the promise, and passes once that is mended.
 *
 * What is emitted is JavaScript that is TypeScript as well. Texts from outside appear in it only as JSON strings.
 */
import type { LiveFault } from '../experiments/experiment.js';
import { runnersImport } from '../report/formats/emit.js';
import { allOf, howToRun, importing, type Runner } from '../report/formats/emit-import.js';
import { printableJson } from '../report/result.js';

/** Milliseconds that one test may take: experiments are made in real time. */
const PATIENCE = 300_000;

export interface PinnedSystem {
  /** Where its functions come from: `ldfi/nodes`. */
  readonly module: string;
  /** Those that are used, the assertion last. */
  readonly functions: readonly [...string[], string];
  /** Lines that make `system` known. */
  readonly setup: readonly string[];
  /** What the assertion takes after the faults, if anything. */
  readonly options?: string | undefined;
  readonly counterexamples: readonly Pinned[];
}

interface Pinned {
  /** What breaks and by which faults, in one line. */
  readonly sentence: string;
  readonly faults: readonly LiveFault[];
}

/** A path as it stands in a test that makes a URL of it. */
export const urlLiteral = (path: string): string => literal(path.split('/').map(encodeURIComponent).join('/'));

/** A value as it stands in a test. */
export const literal = (value: unknown): string => printableJson(JSON.stringify(value));

/** @param typed whether the test is TypeScript */
export function emitSystemTest(runner: Runner, system: PinnedSystem, typed: boolean): string {
  const { module, functions, setup, counterexamples } = system;
  const lines = [
    `// ${counterexamples.length === 1 ? 'A counterexample' : 'Counterexamples'} that ldfi found, pinned: a test passes once its faults no longer break the promise.`,
    ...howToRun(runner, typed),
    ...allOf([
      runnersImport(runner, 'module', false),
      importing(`{ ${functions.join(', ')} }`, `'${module}'`, 'module'),
    ]).top,
    '',
    ...setup,
    ...counterexamples.flatMap((one) => ['', ...testOf(runner, system, one)]),
  ];
  return `${lines.join('\n')}\n`;
}

function testOf(runner: Runner, { functions, options }: PinnedSystem, { sentence, faults }: Pinned): string[] {
  const before = runner === 'node:test' ? `{ timeout: ${PATIENCE} }, ` : '';
  const after = runner === 'node:test' ? '' : `, ${PATIENCE}`;
  return [
    `test(${literal(sentence)}, ${before}async () => {`,
    `  await ${functions.at(-1)}(system, [`,
    ...faults.map(({ call, kind }) => `    ${literal({ kind, call })},`),
    `  ]${options === undefined ? '' : `, ${options}`});`,
    `}${after});`,
  ];
}
