/**
 * Where names come from and where they stand: definition, references, and renaming.
 *
 * A variable belongs to its rule. A relation belongs to the program, and by way of files that programs share to several
 * programs: a rename takes them all, or none.
 */
import type { Span } from '../dedalus/ast.js';
import { CRASH, NEVER, POST, PRE } from '../dedalus/builtin.js';
import type { LoadResult } from '../dedalus/load.js';
import { type Place, type Thing, thingAt, usesOf, variablesIn } from './place.js';

/** Where the thing at a place is defined: rules and facts, the binding use, the first line of an included file. */
export function definitions(loaded: LoadResult, place: Place): Span[] {
  const thing = thingAt(loaded, place);
  if (thing?.kind === 'include') return [{ file: thing.followed.file, start: 0, end: 0 }];
  if (thing?.kind === 'variable') return spansOfVariable(thing).slice(0, 1);
  if (thing?.kind !== 'relation') return [];
  const own = usesOf(loaded.tree).filter(({ name }) => name === thing.name);
  return own.filter(({ role }) => role === 'rule' || role === 'fact').map(({ span }) => span);
}

/** All uses of what is at a place, its definitions among them unless they are left out. */
export function references(loaded: LoadResult, place: Place, withDefinitions = true): Span[] {
  const thing = thingAt(loaded, place);
  if (thing?.kind === 'variable') return spansOfVariable(thing);
  if (thing?.kind !== 'relation') return [];
  const own = usesOf(loaded.tree).filter(({ name }) => name === thing.name);
  return own.filter(({ role }) => withDefinitions || role === 'read' || role === 'directive').map(({ span }) => span);
}

/** The first positive subgoal that has it, which binds it, goes first. */
function spansOfVariable({ name, rule }: Thing & { kind: 'variable' }): Span[] {
  const spans = variablesIn(rule).flatMap((it) => (it.name === name ? [it.span] : []));
  const binder = rule.body.find(
    (it) =>
      it.kind === 'subgoal' && !it.negated && it.atom.args.some((arg) => arg.kind === 'variable' && arg.name === name),
  );
  const first = spans.find(({ start }) => binder && start >= binder.span.start && start < binder.span.end);
  return first ? [first, ...spans.filter((span) => span !== first)] : spans;
}

/** One place to be changed, in the file that its reader knows by this id. */
interface Renaming {
  readonly id: string;
  readonly span: Span;
}

export type Renamed = { readonly places: readonly Renaming[] } | { readonly problem: string };

const SPECIAL: readonly string[] = [CRASH, PRE, POST, NEVER];

/** What can be renamed at a place, or why nothing can. */
export function renameable(loaded: LoadResult, place: Place): { readonly span: Span } | { readonly problem: string } {
  const thing = thingAt(loaded, place);
  if (thing?.kind === 'variable') return { span: thing.span };
  if (thing?.kind !== 'relation') return { problem: 'there is no relation or variable here' };
  if (SPECIAL.includes(thing.name)) return { problem: `\`${thing.name}\` has a meaning of its own` };
  return { span: thing.span };
}

/**
 * All places that a rename changes, each once.
 * @param loaded the program that the place is in
 * @param others all programs that there are, it may be among them
 * @param to the new name
 */
export function rename(loaded: LoadResult, place: Place, others: readonly LoadResult[], to: string): Renamed {
  const able = renameable(loaded, place);
  if ('problem' in able) return able;
  const thing = thingAt(loaded, place);
  if (!/^[A-Za-z0-9_.?@]+$/.test(to) || /^[0-9]+$/.test(to) || to === '_' || to === 'notin' || to.includes('@'))
    return {
      problem: 'a name is made of letters, digits, `_`, `.` and `?`, and is no number and no word of the language',
    };
  if (thing?.kind === 'variable') return renameVariable(loaded, thing, to);
  if (thing?.kind !== 'relation') return { problem: 'there is no relation or variable here' };
  if (SPECIAL.includes(to)) return { problem: `\`${to}\` has a meaning of its own` };
  return renameRelation(together(loaded, others, thing.name), thing.name, to);
}

function renameVariable({ tree }: LoadResult, thing: Thing & { kind: 'variable' }, to: string): Renamed {
  const { name, rule, span } = thing;
  if (to !== name && variablesIn(rule).some((it) => it.name === to))
    return { problem: `there is a variable \`${to}\` in this rule` };
  const id = tree.ids[span.file] ?? '';
  return { places: spansOfVariable({ ...thing, name }).map((it) => ({ id, span: it })) };
}

/** The programs that a relation's name must change in together: those that share a file in which it stands. */
function together(loaded: LoadResult, others: readonly LoadResult[], name: string): LoadResult[] {
  const chosen = [loaded];
  const filesWith = ({ tree }: LoadResult): string[] =>
    usesOf(tree).flatMap((use) => (use.name === name ? [tree.ids[use.span.file] ?? ''] : []));
  const changed = new Set(filesWith(loaded));
  for (let grown = true; grown; ) {
    const more = others.filter((it) => !chosen.includes(it) && it.tree.ids.some((id) => id && changed.has(id)));
    grown = more.length > 0;
    for (const program of more) {
      chosen.push(program);
      for (const id of filesWith(program)) changed.add(id);
    }
  }
  return chosen;
}

function renameRelation(programs: readonly LoadResult[], from: string, to: string): Renamed {
  const places = new Map<string, Renaming>();
  for (const { tree, files } of programs) {
    const path = files[0]?.path ?? '';
    if (!tree.complete) return { problem: `mend the mistakes in ${path} first: not all of it can be understood` };
    const uses = usesOf(tree);
    if (to !== from && uses.some(({ name }) => name === to))
      return { problem: `there is a relation \`${to}\` in ${path}` };
    for (const { name, span } of uses) {
      const id = tree.ids[span.file] ?? '';
      if (name === from) places.set(`${id}\0${span.start}`, { id, span });
    }
  }
  return { places: [...places.values()] };
}
