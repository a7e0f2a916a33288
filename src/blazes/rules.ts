/**
 * The rules of inference: what a label becomes on a path through a component, and what becomes of that at the end of the
 * path, where it meets what other paths bring.
 *
 * In two places they are stricter than the paper. A sealed stream of questions does not make an answer deterministic,
 * since it says nothing of the state that is read. And a read is protected only if everything that is written to what it
 * reads is sealed, not if some of it is.
 *
 * Source: Alvaro et al., "Blazes" (ICDE 2014), §5: inference and reconciliation.
 */
import { isCompatible } from './compatible.js';
import { ASYNC, type Label, worstOf } from './labels.js';
import type { Dependency, Path } from './topology.js';

/** A label on a path, or something that is reconciled where the path ends. */
export type Derived =
  | { readonly kind: 'label'; readonly label: Label }
  /** State that depends on the order of its inputs. */
  | { readonly kind: 'Taint' }
  /** A read whose answer depends on what was written before it. */
  | { readonly kind: 'NDRead' };

/** One stream on one path through a component. */
export interface Step {
  readonly path: Path;
  readonly stream: string;
  readonly input: Label;
  readonly derived: Derived;
}

/** How something of a step is reconciled. */
export interface Settled {
  readonly step: Step;
  readonly label: Label;
  /** Of a read: that all it reads is sealed. */
  readonly isProtected: boolean;
}

const keep = (label: Label): Derived => ({ kind: 'label', label });

/** What a label becomes on a path. */
export function derive(input: Label, { label, gate = [] }: Path, dependencies: readonly Dependency[]): Derived {
  switch (label) {
    case 'CR':
      return keep(input);
    case 'CW':
      return input.kind === 'Inst' ? { kind: 'Taint' } : keep(input);
    case 'OR':
      return input.kind === 'Inst' || input.kind === 'Diverge' ? keep(input) : { kind: 'NDRead' };
    case 'OW':
      if (input.kind === 'Diverge') return keep(input);
      return input.kind === 'Seal' && isCompatible(gate, input.key, dependencies) ? keep(ASYNC) : { kind: 'Taint' };
  }
}

/**
 * What the steps to one interface come to.
 * @param isReplicated whether the component is
 */
export function reconcile(
  steps: readonly Step[],
  isReplicated: boolean,
  dependencies: readonly Dependency[],
): { readonly label: Label | undefined; readonly settled: readonly Settled[] } {
  const settled = steps.map((step): Settled => {
    const { derived, input } = step;
    if (derived.kind === 'label') return { step, label: derived.label, isProtected: false };
    if (derived.kind === 'Taint')
      return { step, label: { kind: isReplicated ? 'Diverge' : 'Run' }, isProtected: false };
    if (!isProtected(step, steps, dependencies))
      return { step, label: { kind: isReplicated ? 'Inst' : 'Run' }, isProtected: false };
    return { step, label: input.kind === 'Seal' ? ASYNC : input, isProtected: true };
  });
  return { label: worstOf(settled.map(({ label }) => label)), settled };
}

/** Whether all that a read may depend on is sealed by a key that fits its gate: what is written, else what comes in. */
function isProtected(read: Step, steps: readonly Step[], dependencies: readonly Dependency[]): boolean {
  const written = steps.filter(({ path }) => path.label.endsWith('W'));
  return (written.length > 0 ? written : [read]).every(
    ({ input }) => input.kind === 'Seal' && isCompatible(read.path.gate ?? [], input.key, dependencies),
  );
}
