/**
 * Labels of streams: how far what is in them may depend on the order in which messages come.
 *
 * Seal(key): deterministic, and says of each value of the key when no more comes. Async: deterministic, in any order.
 * Run: may differ from run to run. Inst: may differ from replica to replica. Diverge: replicas may never agree again.
 * Each is worse than the one before it.
 */
export type Label =
  | { readonly kind: 'Seal'; readonly key: readonly string[] }
  | { readonly kind: 'Async' | 'Run' | 'Inst' | 'Diverge' };

export const ASYNC: Label = { kind: 'Async' };

const ORDER = ['Seal', 'Async', 'Run', 'Inst', 'Diverge'] as const satisfies readonly Label['kind'][];

/** Whether what is in a stream is the same in every run and at every replica. */
export const isDeterministic = ({ kind }: Label): boolean => kind === 'Seal' || kind === 'Async';

/** The worst of some labels; two seals by different keys are none. Undefined for no labels. */
export function worstOf(labels: readonly Label[]): Label | undefined {
  return labels.reduce<Label | undefined>((worst, label) => {
    if (!worst) return label;
    if (worst.kind === 'Seal' && label.kind === 'Seal') return isSameKey(worst.key, label.key) ? worst : ASYNC;
    return ORDER.indexOf(label.kind) > ORDER.indexOf(worst.kind) ? label : worst;
  }, undefined);
}

const isSameKey = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join() === [...b].sort().join();

/** `Seal(batch)`, `Run`. */
export const labelInWords = (label: Label): string =>
  label.kind === 'Seal' ? `Seal(${label.key.join(', ')})` : label.kind;
