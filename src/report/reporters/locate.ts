/**
 * Where to look first: the rule or the handler that a report points at.
 *
 * Of a counterexample, that is what sent the first lost message: there the protocol relied on an arrival that never
 * came. Where nothing was lost it is the promise; where there is no counterexample, the check.
 */
import { isBrokenAt } from '../../core/outcome.js';
import type { Rule, SourceFile, Span } from '../../dedalus/ast.js';
import { locate } from '../../dedalus/locate.js';
import type { Program } from '../../dedalus/program.js';
import type { ProtocolRun } from '../../lineage/learned/run.js';
import type { Run } from '../../simulator/run.js';
import type { Place } from '../answer.js';
import type { CheckResult } from '../schema.js';
import { callOf, definitionOf } from '../source/definition.js';

/** @param run that of a counterexample of the check, if it has one */
export function placeInProgram(program: Program, check: CheckResult, run: Run | undefined): Place {
  const place = (span: Span | undefined): Place | undefined => span && placeOf(program.files, span);
  const head = (name: string): Rule | undefined => program.rules.find((rule) => rule.head.relation === name);
  const lost = run?.messages().find((message) => message.lost && message.from !== message.to);
  const promise = run || check.verdict === 'vacuous' ? promised(head, run) : undefined;
  return (
    place(lost && program.rules[lost.rule]?.span) ??
    place(promise?.span) ??
    place(directiveOf(program, check.name)) ??
    firstLine(check)
  );
}

/** The rule that says what is promised, or the line that asks for a check. */
export function spotInProgram(
  program: Program,
  what: 'promise' | 'check',
  check: Pick<CheckResult, 'name' | 'spec'>,
): Place {
  const head = (name: string): Rule | undefined => program.rules.find((rule) => rule.head.relation === name);
  const promise = what === 'promise' ? (head('pre') ?? head('post') ?? head('never')) : undefined;
  const span = promise?.span ?? directiveOf(program, check.name);
  return span ? placeOf(program.files, span) : firstLine(check);
}

/** The rule that says what is promised: what is broken, if something is. */
function promised(head: (name: string) => Rule | undefined, run: Run | undefined): Rule | undefined {
  if (run?.outcome.witnesses.some(isBrokenAt)) return head('never');
  return head(run ? 'post' : 'pre') ?? head('pre');
}

const placeOf = (files: readonly SourceFile[], span: Span): Place => {
  const { path, line, column } = locate(files, span);
  return { file: path, line, column };
};

/** The line that asks for a check: by its name, or by the number in the name that it is given. */
function directiveOf({ checks }: Program, name: string): Span | undefined {
  const number = /^check-(\d+)$/.exec(name)?.[1] ?? (name === 'check' ? '1' : undefined);
  const found = checks.find((check) => check.name === name) ?? checks[Number(number) - 1];
  return found?.span;
}

const firstLine = ({ spec }: Pick<CheckResult, 'spec'>): Place => ({ file: spec.roots[0] ?? '', line: 1, column: 1 });

/** The handlers of a protocol, and its check. */
export type Handler = 'init' | 'onMessage' | 'onTimer' | 'onRestart' | 'start' | 'check' | 'always';

/** The handler to look at first in a run: one that threw, else the one whose message was lost first, else the check. */
export function handlerToBlame({ finals, messages, outcome }: ProtocolRun): Handler {
  const promise = outcome.witnesses.every(isBrokenAt) && outcome.witnesses.length > 0 ? 'always' : 'check';
  const threw = finals.flatMap(({ failure }) => handlerIn(/^\w+(?= threw)/.exec(failure ?? '')?.[0]) ?? [])[0];
  return threw ?? messages.find(({ lost, from, to }) => lost && from !== to)?.by ?? promise;
}

/**
 * Where a handler threw in a run, as its failure says: `onMessage threw Error: no such order (shop.ts:30)`.
 * @param files the module first, to which the name in the failure is relative
 */
export function placeOfThrow(files: readonly SourceFile[], { finals }: ProtocolRun): Place | undefined {
  for (const { failure = '' } of finals) {
    const [, path = '', line] = / \(([^()]+):(\d+)\)$/.exec(failure) ?? [];
    const file = files.find((one) => one.path === path || one.path.endsWith(`/${path.replace(/^(\.\.\/)+/, '')}`));
    if (file) return { file: file.path, line: Number(line), column: 1 };
  }
  return undefined;
}

/** The handler that an error names first. */
export const handlerIn = (message = ''): Exclude<Handler, 'check' | 'always'> | undefined =>
  /\b(init|onMessage|onTimer|onRestart|start)\b/.exec(message)?.[1] as Exclude<Handler, 'check' | 'always'> | undefined;

/**
 * Where a module defines a handler, looked for first after the protocol's name, where a module has several; without it,
 * where the protocol is defined, or the first line.
 * @param files the module first, then those that it imports
 * @param handler undefined: the protocol as a whole
 */
export function placeInModule(files: readonly SourceFile[], protocol: string, handler: Handler | undefined): Place {
  const span = spanInModule(files, protocol, handler);
  return span ? placeOf(files, span) : { file: files[0]?.path ?? '', line: 1, column: 1 };
}

/**
 * The name of the handler where it is defined, or of `defineProtocol` where it is called; undefined if neither is
 * found.
 */
export const spanInModule = (
  files: readonly SourceFile[],
  protocol: string,
  handler: Handler | undefined,
): Span | undefined => (handler && definitionOf(files, protocol, handler)) ?? callOf(files, protocol);
