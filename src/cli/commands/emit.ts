/**
 * `ldfi replay RESULT.json --emit FORM`: a counterexample as a test that pins it.
 */
import { dirname } from 'node:path';
import { ProtocolSubject } from '../../answer/protocol.js';
import type { Subject } from '../../answer/subject.js';
import { visible } from '../../core/text.js';
import type { Bounds, Scenario } from '../../faults/fault.js';
import { isCommonJs } from '../../files/module-style.js';
import { sealed } from '../../files/seal.js';
import { type EmitForm, type EmitSubject, emitTest } from '../../report/formats/emit.js';
import { isTypeScript } from '../../report/formats/emit-import.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import type { CheckResult, Result } from '../../report/schema.js';
import { seenFrom, shown } from '../io/files.js';
import { admitted, saveText } from '../io/outputs.js';
import { complain } from '../io/terminal.js';

export interface Emitted {
  readonly form: EmitForm;
  /** Where to write it, - for stdout. */
  readonly out: string;
  readonly subject: Subject;
  /** Files that are read. */
  readonly inputs: readonly string[];
  readonly force: boolean;
  readonly bounds: Bounds;
  readonly scenario: Scenario;
  readonly witnesses: CheckResult['counterexamples'][number]['witnesses'];
  readonly invariant: Result['invariant'];
}

export async function emit({ form, out, subject, inputs, force, ...pinned }: Emitted): Promise<ExitCode> {
  const folder = out === '-' ? '' : dirname(out);
  const read = [...inputs, ...subject.files.map(({ path }) => path)];
  if (!admitted([{ flag: '--out', label: form, path: out }], read, force)) return EXIT.mistake;
  const what = importable(subject, folder, pinned.invariant);
  if (!what) return EXIT.mistake;
  // What goes to stdout may become a file of either kind; who writes protocols in TypeScript writes tests in it, too.
  const typed = isTypeScript(out === '-' ? (subject.spec.roots[0] ?? '') : out);
  const style = !isCommonJs(out === '-' ? 'x' : out) ? 'module' : typed ? 'compiled' : 'commonjs';
  const file = out === '-' ? undefined : shown(out);
  const text = emitTest(form, { ...pinned, subject: what, typed, file, style: form === 'vitest' ? 'module' : style });
  if (!saveText(out, form === 'json' ? text : sealed(text), 'error')) return EXIT.mistake;
  if (out !== '-') complain(`${visible(shown(out))} pins the counterexample: it fails until the spec is mended.\n`);
  return EXIT.ok;
}

/** How a test in `folder` gets at the spec. */
function importable(subject: Subject, folder: string, invariant: Result['invariant']): EmitSubject | undefined {
  const { roots, bloom } = subject.spec;
  if (bloom) return { kind: 'bloom', module: seenFrom(folder, roots[0] ?? ''), exported: 'default', invariant };
  if (!(subject instanceof ProtocolSubject))
    return { kind: 'dedalus', roots: roots.map((path) => seenFrom(folder, path)), invariant };
  const [root = ''] = roots;
  const [exported] = subject.exportedAs;
  if (exported !== undefined) return { kind: subject.protocol.kind, module: seenFrom(folder, root), exported };
  complain(
    `error: a test cannot import ${visible(subject.protocol.name)}: ${visible(root)} does not export it by a name of its own\n`,
  );
  return undefined;
}
