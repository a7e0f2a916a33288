/**
 * What is promised of an experiment: expressions over the answer and the calls, in CEL (the Common Expression Language).
 *
 * ```yaml
 * expect: answer.status == 200 && answer.json.total == 42
 * never: calls.filter(c, c.service == "payments" && c.status == 200).size() > 1
 * ```
 * `answer` has `status` (0 if there was none), `headers`, `body`, `json`, `ms` and `error`; each of `calls` has
 * `service`, `method`, `path`, `status` (what the callee answered, though its answer may have been lost; 0 if it was not
 * asked), `fault` (empty if there was none), `ms` and `id`.
 */
import { Environment } from '@marcbachmann/cel-js';
import type { LiveOutcome } from '../../experiments/experiment.js';
import type { Answer } from './entry.js';
import type { Call } from './ledger.js';
import type { PromiseThread } from './promise-thread.js';

/** An expression that was read. */
export interface Expression {
  readonly text: string;
  /** @throws if it cannot be evaluated, as where a key is missing */
  readonly isTrue: (answer: Answer, calls: readonly Call[]) => boolean;
}

const environment = new Environment({ limits: { maxAstNodes: 10_000, maxDepth: 100 } })
  .registerVariable('answer', 'map')
  .registerVariable('calls', 'list');

/** Reads an expression, or says what is wrong with it. */
export function expressionOf(text: string): Expression | { readonly problem: string } {
  try {
    const parsed = environment.parse(text);
    const { valid, type, error } = parsed.check();
    if (!valid) return { problem: firstLine(error) };
    if (type !== 'bool' && type !== 'dyn') return { problem: `it must be true or false, and is of type ${type}` };
    return {
      text,
      isTrue(answer, calls) {
        const value: unknown = parsed(celOf({ answer: plainAnswer(answer), calls: calls.map(plainCall) }) as object);
        if (typeof value !== 'boolean') throw new Error('it is neither true nor false');
        return value;
      },
    };
  } catch (error) {
    return { problem: firstLine(error) };
  }
}

export interface Promises {
  /** Must be true of the answer, in spite of all faults. */
  readonly expect?: Expression | undefined;
  /** Must not be true, whatever happens. */
  readonly never?: Expression | undefined;
  /** A module whose default export says what is broken, by its absolute path. */
  readonly file?: string | undefined;
}

export interface Judged {
  readonly outcome: LiveOutcome;
  /** What could not be told. */
  readonly problems: readonly string[];
}

/**
 * What became of the promises.
 * @param thread in which the module is, if there is one
 * @throws SystemFailure if it ends
 */
export async function judge(
  { expect, never }: Promises,
  thread: PromiseThread | undefined,
  answer: Answer,
  calls: readonly Call[],
): Promise<Judged> {
  const why: string[] = [];
  const problems: string[] = [];
  if (expect)
    try {
      if (!expect.isTrue(answer, calls)) why.push(`expected: ${expect.text}`);
    } catch (error) {
      why.push(`expected: ${expect.text} (${firstLine(error)})`);
    }
  if (never)
    try {
      if (never.isTrue(answer, calls)) why.push(`never: ${never.text}`);
    } catch (error) {
      problems.push(`never: ${never.text} cannot be told (${firstLine(error)})`);
    }
  if (thread) {
    const judgement = await thread.ask({ answer: plainAnswer(answer), calls: calls.map(plainCall) });
    if ('why' in judgement) why.push(...judgement.why);
    else problems.push(`the promise in ${thread.path} cannot be judged: ${judgement.problem}`);
  }
  return { outcome: why.length > 0 ? { kind: 'bad', why } : { kind: 'good' }, problems };
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

const plainAnswer = ({ status, headers, body, json, ms, error = '' }: Answer): unknown => ({
  status,
  headers,
  body,
  ms,
  error,
  json: json ?? null,
});

const plainCall = ({ service, method, target, status, fault, fired, from, to, id }: Call): unknown => {
  const [path = ''] = target.split('?');
  return { service, method, path, status, fault: fired ? (fault ?? '') : '', ms: (to ?? from) - from, id };
};

/** Whole numbers are integers, of which CEL has a type of its own. */
function celOf(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(celOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, celOf(item)]));
}
