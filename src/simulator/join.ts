/**
 * Joins: a plan turned into a chain of closures over extents.
 *
 * Each step calls the next one for every way to go on; the last step is the caller's `emit`. Positive subgoals range
 * over positions [from, to) of their extent, which is how the fixpoint says 'old', 'new' and 'all'. Undefined
 * arithmetic ends an instance.
 *
 * A join can be left and taken up again. When the budget is spent, the subgoal that is about to take a tuple returns
 * false, and so does every step before it; each subgoal keeps its position. Called again, each goes on from there: what
 * is bound is bound again to the same.
 */
import { compareValues } from '../core/value.js';
import type { ComparisonOp } from '../dedalus/ast.js';
import type { Access, Extent } from './extent.js';
import type { Column, Expression, Step } from './plan.js';
import { arithmetic, type Values } from './values.js';

/** What a running join shares with its caller. */
export interface Frame {
  /** Value id per slot. */
  readonly slots: Int32Array;
  /** Tuple id matched by each positive body literal. */
  readonly matched: Int32Array;
  /** Positions that each positive body literal ranges over. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The literal at which the join was left, or -1. */
  left: number;
  /** The same while the join goes back to where it was; -1 from there on. */
  resume: number;
}

/** How many tuples joins may still look at before they have to be left. */
export interface Budget {
  tuples: number;
}

export interface JoinContext {
  readonly values: Values;
  /** Whether a rule may run at a place: at a node, and one that runs its rules. */
  isNode: (value: number) => boolean;
  /** The extent that a body literal reads; fixed for the life of the join. */
  readonly extentOf: (literal: number) => Extent;
  /** Told when arithmetic was undefined. */
  undefinedArithmetic: () => void;
  readonly budget: Budget;
}

/** One step with all that follow it; false if the budget was spent before they were done. */
type Next = () => boolean;

/** A join over a frame: true when it is done, false if it was left and is to be called again. */
export type Join = () => boolean;

/** Compiles a plan; the join calls `emit` per instance. */
export function compileJoin(steps: readonly Step[], frame: Frame, context: JoinContext, emit: () => void): Join {
  const last: Next = () => {
    emit();
    return true;
  };
  const first = steps.reduceRight<Next>((next, step) => compileStep(step, frame, context, next), last);
  return () => {
    frame.resume = frame.left;
    frame.left = -1;
    return first();
  };
}

function compileStep(step: Step, frame: Frame, context: JoinContext, next: Next): Next {
  if (step.kind === 'match') return matchStep(step, frame, context, next);
  if (step.kind === 'absent') return absentStep(step, frame, context, next);
  if (step.kind === 'compare') return compareStep(step, frame, context, next);
  if (step.kind === 'locate') {
    const at = compileExpression(step.at, frame, context);
    return () => !context.isNode(at()) || next();
  }
  const to = compileExpression(step.to, frame, context);
  return () => {
    const value = to();
    if (value < 0) return true;
    frame.slots[step.slot] = value;
    return next();
  };
}

/** An expression's value id, or -1 if it is undefined. */
export function compileExpression(term: Expression, frame: Frame, context: JoinContext): () => number {
  if (term.kind === 'constant') return () => term.value;
  if (term.kind === 'slot') return () => frame.slots[term.slot] as number;
  const result = compileNumber(term, frame, context.values);
  return () => {
    const n = result();
    if (!Number.isNaN(n)) return context.values.intern(n);
    context.undefinedArithmetic();
    return -1;
  };
}

/** An arithmetic expression's number, NaN if undefined. */
function compileNumber(term: Expression, frame: Frame, values: Values): () => number {
  if (term.kind === 'arithmetic') {
    const left = compileNumber(term.left, frame, values);
    const right = compileNumber(term.right, frame, values);
    return () => arithmetic(term.op, left(), right());
  }
  const number = (id: number): number => {
    const value = values.get(id);
    return typeof value === 'number' ? value : Number.NaN;
  };
  return term.kind === 'constant' ? () => number(term.value) : () => number(frame.slots[term.slot] as number);
}

/** What each operator makes of the order of its sides. */
export const COMPARE: Record<ComparisonOp, (order: number) => boolean> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
};

function compareStep(step: Step & { kind: 'compare' }, frame: Frame, context: JoinContext, next: Next): Next {
  const left = compileExpression(step.left, frame, context);
  const right = compileExpression(step.right, frame, context);
  const { values } = context;
  if (step.op === '==' || step.op === '!=') {
    const wanted = step.op === '==';
    return () => {
      const [l, r] = [left(), right()];
      return l < 0 || r < 0 || (l === r) !== wanted || next();
    };
  }
  const test = COMPARE[step.op];
  return () => {
    const [l, r] = [left(), right()];
    return l < 0 || r < 0 || !test(compareValues(values.get(l), values.get(r))) || next();
  };
}

/** The bound columns of a subgoal as an index look-up; undefined if none is bound. */
class Lookup {
  private readonly access: Access;
  private readonly key: Int32Array;
  private readonly parts: (() => number)[];

  constructor(
    readonly extent: Extent,
    columns: readonly number[],
    parts: (() => number)[],
  ) {
    this.access = extent.access(columns);
    this.key = new Int32Array(columns.length);
    this.parts = parts;
  }

  /** First position that matches the bound columns, or -1. */
  first(): number {
    for (let i = 0; i < this.parts.length; i++) {
      const value = (this.parts[i] as () => number)();
      if (value < 0) return -1;
      this.key[i] = value;
    }
    return this.access.first(this.access.index.find(this.key));
  }

  next(position: number): number {
    return this.access.next(position);
  }
}

function lookup(columns: readonly Column[], extent: Extent, frame: Frame, context: JoinContext): Lookup | undefined {
  const keyColumns: number[] = [];
  const parts: (() => number)[] = [];
  columns.forEach((column, i) => {
    if (column.kind !== 'bound') return;
    keyColumns.push(i);
    parts.push(compileExpression(column.by, frame, context));
  });
  return keyColumns.length > 0 ? new Lookup(extent, keyColumns, parts) : undefined;
}

/** Checks repeated variables and binds free ones; false if the tuple does not fit. */
function compileBinder(columns: readonly Column[], extent: Extent, frame: Frame): (tuple: number) => boolean {
  const { tuples } = extent.relation;
  const same: number[] = [];
  const bind: number[] = [];
  columns.forEach((column, i) => {
    if (column.kind === 'same') same.push(i, column.column);
    if (column.kind === 'bind') bind.push(i, column.slot);
  });
  return (tuple) => {
    for (let i = 0; i < same.length; i += 2)
      if (tuples.at(tuple, same[i] as number) !== tuples.at(tuple, same[i + 1] as number)) return false;
    for (let i = 0; i < bind.length; i += 2) frame.slots[bind[i + 1] as number] = tuples.at(tuple, bind[i] as number);
    return true;
  };
}

function matchStep(step: Step & { kind: 'match' }, frame: Frame, context: JoinContext, next: Next): Next {
  const { literal } = step;
  const extent = context.extentOf(literal);
  const fits = compileBinder(step.columns, extent, frame);
  const keyed = lookup(step.columns, extent, frame, context);
  const { budget } = context;
  let kept = -1;
  /** Takes the tuple at a position; false if the join is left there. */
  const visit = (position: number): boolean => {
    if (--budget.tuples < 0 && frame.resume < 0) {
      frame.left = literal;
      kept = position;
      return false;
    }
    const tuple = extent.at(position);
    if (!fits(tuple)) return true;
    frame.matched[literal] = tuple;
    if (next()) return true;
    kept = position;
    return false;
  };
  const start = (first: number): number => {
    if (frame.resume < 0) return first;
    if (frame.resume === literal) {
      frame.resume = -1;
      // What it took to get back here must not be all that gets done.
      if (budget.tuples < 1) budget.tuples = 1;
    }
    return kept;
  };
  if (keyed === undefined)
    return () => {
      const to = frame.to[literal] as number;
      for (let position = start(frame.from[literal] as number); position < to; position++)
        if (!visit(position)) return false;
      return true;
    };
  return () => {
    const from = frame.from[literal] as number;
    const to = frame.to[literal] as number;
    for (let position = start(keyed.first()); position >= 0 && position < to; position = keyed.next(position))
      if (position >= from && !visit(position)) return false;
    return true;
  };
}

function absentStep(step: Step & { kind: 'absent' }, frame: Frame, context: JoinContext, next: Next): Next {
  const matches = compileMatches(step, frame, context);
  return () => {
    let found = false;
    matches(() => {
      found = true;
      return false;
    });
    return found || next();
  };
}

/**
 * All tuples that match a subgoal whose variables are bound or local, in order of derivation.
 * The visitor returns false to stop.
 */
export function compileMatches(
  step: Step & { kind: 'absent' },
  frame: Frame,
  context: JoinContext,
): (visit: (tuple: number) => boolean) => void {
  const extent = context.extentOf(step.literal);
  const fits = compileBinder(step.columns, extent, frame);
  const keyed = lookup(step.columns, extent, frame, context);
  const { budget } = context;
  return (visit) => {
    if (keyed === undefined) {
      for (let position = 0; position < extent.count; position++) {
        budget.tuples--;
        if (fits(extent.at(position)) && !visit(extent.at(position))) return;
      }
      return;
    }
    for (let position = keyed.first(); position >= 0; position = keyed.next(position)) {
      budget.tuples--;
      if (fits(extent.at(position)) && !visit(extent.at(position))) return;
    }
  };
}
