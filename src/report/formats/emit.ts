/**
 * A counterexample as a test that pins it: it fails as long as the scenario breaks the promise, and passes once that is
 * mended.
 *
 * What is emitted is JavaScript that is TypeScript as well, for a file of either kind. Names and texts of the spec
 * appear in it only as JSON strings.
 */
import type { Broken } from '../../core/outcome.js';
import { firstGiven } from '../../faults/bounds.js';
import type { Bounds, Scenario } from '../../faults/fault.js';
import type { Invariant } from '../../simulator/outcome.js';
import { printableJson } from '../result.js';
import { sentenceOf } from '../sentence.js';
import {
  allOf,
  howToRun,
  type Import,
  type Imported,
  importing,
  importOf,
  isTypeScript,
  type Runner,
  type Style,
} from './emit-import.js';

export type EmitForm = Runner | 'json';
export const EMIT_FORMS: readonly EmitForm[] = ['vitest', 'jest', 'node:test', 'json'];

/** What is to be imported or read, as paths from the test's folder. */
export type EmitSubject =
  | ({ readonly kind: 'protocol' | 'system' } & Imported)
  | ({ readonly kind: 'bloom'; readonly invariant: Invariant } & Imported)
  | { readonly kind: 'dedalus'; readonly roots: readonly string[]; readonly invariant: Invariant };

type RuleSubject = Extract<EmitSubject, { readonly invariant: Invariant }>;
type ProtocolImport = Exclude<EmitSubject, RuleSubject>;

export interface Pinned {
  readonly subject: EmitSubject;
  /** Whether the test is TypeScript. */
  readonly typed: boolean;
  readonly style: Style;
  readonly bounds: Bounds;
  readonly scenario: Scenario;
  /** Where the test is to be, as seen from the working folder; left out if that is not known. */
  readonly file?: string | undefined;
  /** What broke when it was found; may be empty. */
  readonly witnesses: readonly Broken[];
}

/** The text of the test, or of a JSON file that says the same. */
export function emitTest(form: EmitForm, pinned: Pinned): string {
  if (form === 'json') return `${printableJson(JSON.stringify(dataOf(pinned), undefined, 2))}\n`;
  const { subject } = pinned;
  const parts = 'invariant' in subject ? rulesTest(form, pinned, subject) : protocolTest(form, pinned, subject);
  const head = [
    '// A counterexample that ldfi found, pinned: this test passes once the scenario no longer breaks the promise.',
    ...howToRun(form, pinned.typed || (subject.kind !== 'dedalus' && isTypeScript(subject.module)), pinned.file),
  ];
  return `${[...head, ...parts].join('\n')}\n`;
}

const literal = (value: unknown): string => printableJson(JSON.stringify(value));

const nameOf = ({ subject, scenario, witnesses, bounds }: Pinned): string =>
  sentenceOf(scenario, witnesses, bounds.eot, 'invariant' in subject ? undefined : 'protocol');

function dataOf(pinned: Pinned): unknown {
  const { subject, bounds, scenario } = pinned;
  const spec = subject.kind === 'dedalus' ? subject.roots : [subject.module];
  return { name: nameOf(pinned), spec, bounds, faults: scenario };
}

function protocolTest(runner: Runner, pinned: Pinned, { kind, ...imported }: ProtocolImport): string[] {
  const waits = kind === 'system' ? 'await ' : '';
  const bounds = Object.entries(firstGiven(pinned.bounds)).map(([name, value]) => `${name}: ${literal(value)}`);
  // Of matchers more is to be known before a test begins, when CommonJS cannot have them yet.
  const asserts = runner === 'node:test' || pinned.style !== 'module';
  const assertion = asserts
    ? importing('{ assertSurvives }', "'ldfi'", pinned.style)
    : importing('', `'ldfi/${runner}'`, pinned.style);
  const protocol = importOf(runner, imported, pinned.typed, pinned.style);
  const { top, inside } = allOf([runnersImport(runner, pinned.style, !asserts), assertion, protocol]);
  const what = `${listed(pinned, '  ')}, { ${bounds.join(', ')} }`;
  return [
    ...top,
    '',
    `test(${literal(nameOf(pinned))}, ${waits || inside.length > 0 ? 'async ' : ''}() => {`,
    ...inside,
    asserts ? `  ${waits}assertSurvives(protocol, ${what});` : `  ${waits}expect(protocol).toSurvive(${what});`,
    '});',
  ];
}

/** The test of a program of rules: its files are read, or the module with it is imported. */
function rulesTest(runner: Runner, pinned: Pinned, subject: RuleSubject): string[] {
  const equal = (actual: string, expected: string): string =>
    runner === 'node:test' ? `assert.deepEqual(${actual}, ${expected});` : `expect(${actual}).toEqual(${expected});`;
  const { style } = pinned;
  const { top, inside } = allOf([
    runnersImport(runner, style),
    ...(runner === 'node:test' ? [importing('assert', "'node:assert/strict'", style)] : []),
    ...(subject.kind === 'bloom' ? [] : readersImports(style)),
    importing(
      `{ admit, DedalusSystem, ${subject.kind === 'bloom' ? 'loadBloom' : 'loadProgram'}, makeBounds }`,
      "'ldfi'",
      style,
    ),
    ...(subject.kind === 'bloom' ? [importOf(runner, subject, pinned.typed, style)] : []),
  ]);
  return [
    ...top,
    '',
    `test(${literal(nameOf(pinned))}, ${inside.length > 0 ? 'async ' : ''}() => {`,
    ...inside,
    ...(subject.kind === 'bloom'
      ? ['  const { program, diagnostics } = loadBloom(protocol);']
      : readingLines(subject.roots, style)),
    '  if (!program) throw new Error(diagnostics.map(({ message }) => message).join("\\n"));',
    `  const bounds = makeBounds(${literal(pinned.bounds)});`,
    `  const system = new DedalusSystem(program, bounds, { invariant: ${literal(subject.invariant)} });`,
    `  const scenario = admit(${listed(pinned, '  ')}, bounds);`,
    '  // Without faults it is not violated; else the scenario would say nothing.',
    `  ${equal('system.simulate([]).outcome.witnesses', '[]')}`,
    `  ${equal('system.simulate(scenario).outcome.witnesses', '[]')}`,
    '});',
  ];
}

const readersImports = (style: Style): Import[] => [
  importing('{ readFileSync, realpathSync }', "'node:fs'", style),
  importing('{ dirname, resolve }', "'node:path'", style),
  ...(style === 'module' ? [importing('{ fileURLToPath }', "'node:url'", style)] : []),
];

const readingLines = (roots: readonly string[], style: Style): string[] => [
  `  const here = ${style === 'module' ? 'fileURLToPath(new URL(".", import.meta.url))' : '__dirname'};`,
  `  const { program, diagnostics } = loadProgram(${literal(roots)}, {`,
  '    read(path, from) {',
  '      const full = resolve(from === undefined ? here : dirname(from), path);',
  '      try {',
  "        return { ok: true, id: realpathSync(full), path: full, text: readFileSync(full, 'utf8') };",
  '      } catch (error) {',
  '        return { ok: false, reason: String(error) };',
  '      }',
  '    },',
  '  });',
];

/** The import of what the runner brings along. @param expects whether the test uses `expect` */
export function runnersImport(runner: Runner, style: Style, expects = runner !== 'node:test'): Import {
  const from: Record<Runner, string> = { vitest: 'vitest', jest: '@jest/globals', 'node:test': 'node:test' };
  return importing(expects ? '{ expect, test }' : '{ test }', `'${from[runner]}'`, style);
}

/** The faults, where a type is expected of them: literals have to be seen as such. */
function listed({ scenario }: Pinned, indent: string): string {
  if (scenario.length === 0) return '[]';
  return ['[', ...scenario.map((fault) => `${indent}  ${literal(fault)},`), `${indent}]`].join('\n');
}
