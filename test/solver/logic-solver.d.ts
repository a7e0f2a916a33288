/** The raw MiniSat inside `logic-solver`, which ships no types. */
declare module 'logic-solver' {
  class MiniSat {
    ensureVar(variable: number): void;
    addClause(literals: readonly number[]): boolean;
    solve(): boolean;
    /** Wrong for negative literals. */
    solveAssuming(variable: number): boolean;
    /** Truth by variable, from 1. */
    getSolution(): boolean[];
  }
  const Logic: { readonly _MiniSat: typeof MiniSat };
  export default Logic;
}
