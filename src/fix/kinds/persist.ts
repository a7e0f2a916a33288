/**
 * Keep what was there for a moment only: over the ticks (`persist`), so that a message is sent again (`retry`), or over
 * a restart (`durable`).
 *
 * `ack(L, F)@next :- ack(L, F);`: an acknowledgement that comes early is kept until it is needed.
 */
import type { SourceFile } from '../../dedalus/ast.js';
import type { Program } from '../../dedalus/program.js';
import { durableRelations } from '../../dedalus/stops.js';
import { subgoalsOf } from '../../dedalus/terms.js';
import { patternOf, readingOf } from '../../report/provenance/dedalus/joins.js';
import type { Pattern } from '../../report/provenance/dedalus/pattern.js';
import type { Relation } from '../../simulator/relation.js';
import { clauseFor, lineAfter, type Splice } from '../edit.js';
import { inWords, type Proposal, type Scene } from '../scene.js';

export function persistences(scene: Scene): Proposal[] {
  const { it, trail } = scene;
  return trail.absences.flatMap(({ what: pattern, depth }): Proposal[] => {
    const relation = it.run.schema.relations[pattern.relation] as Relation;
    const before = lastBefore(scene, pattern);
    if (before === undefined || scene.asserted.has(relation.name)) return [];
    const isDone = keeps(scene, relation.name);
    const gone = `${inWords(scene, before)}, and it is gone at tick ${pattern.tick}, when it is needed`;
    return [
      ...(isDone
        ? []
        : [
            {
              kinds: ['persist' as const],
              splices: [keeping(scene, relation)],
              size: 1,
              // What is derived is gone because something else is.
              depth: depth + (isDerived(scene, relation.name) ? DERIVED : 0),
              title: `let \`${relation.name}\` persist`,
              why: () => `${gone}; with this it stays`,
            },
          ]),
      ...durability(scene, relation, depth, gone),
    ];
  });
}

/** How much farther what is derived within a tick counts. */
const DERIVED = 4;

const isDerived = ({ program: { rules, facts } }: Scene, name: string): boolean =>
  !facts.some(({ relation }) => relation === name) &&
  rules.every(({ head, time }) => head.relation !== name || time === 'deductive');

/** The last tick before at which something of the pattern held. */
function lastBefore({ it }: Scene, pattern: Pattern): Pattern | undefined {
  for (let tick = pattern.tick - 1; tick >= 1; tick--)
    if (it.run.matched({ ...pattern, tick })) return { ...pattern, tick };
  return undefined;
}

/** Where nodes come back: what was lost by that is durable. */
function durability(scene: Scene, { name }: Relation, depth: number, gone: string): Proposal[] {
  const { program, it } = scene;
  if (!it.run.names.system.space.has.stops || durableRelations(program).includes(name)) return [];
  const root = program.files[0] as SourceFile;
  const list = /^\/\/![ \t]*durable\b[^\r\n]*/m.exec(root.text);
  const check = /^\/\/![^\r\n]*/m.exec(root.text);
  const at = list ? list.index + list[0].trimEnd().length : -1;
  const splice: Splice | undefined = list
    ? { file: 0, start: at, end: at, text: `, ${name}` }
    : check
      ? lineAfter(root, 0, check.index, `//! durable ${name}`)
      : undefined;
  if (!splice) return [];
  return [
    {
      kinds: ['durable'],
      splices: [splice],
      size: 1,
      depth,
      title: `let \`${name}\` survive a restart`,
      why: () => `${gone}; with this it survives the restart`,
    },
  ];
}

/** Messages that are sent once: what makes their rule send is there for one tick only, and is to stay. */
export function retries(scene: Scene): Proposal[] {
  const { it, trail } = scene;
  const { schema } = it.run;
  return trail.steps.flatMap(({ what: { planned, slots, tick, fault, message }, depth }): Proposal[] => {
    if (!fault || !message) return [];
    const fleeting = planned.rule.body.flatMap((literal, at) => {
      if (literal.kind !== 'subgoal' || literal.negated) return [];
      const pattern = patternOf(schema, readingOf(schema, planned, at), slots, tick);
      const relation = schema.relations[pattern.relation] as Relation;
      const stays = it.run.matched({ ...pattern, tick: tick + 1 }) || keeps(scene, relation.name);
      return stays || scene.asserted.has(relation.name) ? [] : [relation];
    });
    const relations = [...new Set(fleeting)];
    if (relations.length === 0 || tick >= it.run.eot) return [];
    const head = planned.rule.head.relation;
    const from = it.run.names.node(message.from);
    return [
      {
        kinds: [relations.length === 1 ? 'persist' : 'retry'],
        splices: together(relations.map((relation) => keeping(scene, relation))),
        size: relations.length,
        depth,
        title: `let \`${head}\` be sent again, as long as there is ${relations.map(({ name }) => `\`${name}\``).join(' and ')}`,
        why: () =>
          `${from} sends \`${head}\` at tick ${tick} only, and that is lost; with this it is sent again at every tick`,
      },
    ];
  });
}

/** Splices at one place as one. */
function together(splices: readonly Splice[]): Splice[] {
  const places = new Map<string, Splice>();
  for (const splice of splices) {
    const key = `${splice.file}:${splice.start}`;
    const known = places.get(key);
    // An empty line before the first of them is enough.
    const text = known ? known.text + splice.text.replace(/^(\r?\n)\r?\n/, '$1') : splice.text;
    places.set(key, { ...splice, text });
  }
  return [...places.values()];
}

/** Whether a rule keeps a relation as it is. */
function keeps({ program }: Scene, name: string): boolean {
  return program.rules.some(
    ({ time, head, body }) =>
      time === 'inductive' &&
      head.relation === name &&
      body.length === 1 &&
      body[0]?.kind === 'subgoal' &&
      body[0].atom.relation === name,
  );
}

function keeping({ program, roots }: Scene, relation: Relation): Splice {
  const names = namesFor(program, relation);
  const atom = `${relation.name}(${names.join(', ')})`;
  return clauseFor(program, roots, relation.name, `${atom}@next :- ${atom};`);
}

/** Names for the columns of a relation: those that some rule has for all of them, or made up. */
function namesFor(program: Program, { name, arity }: Relation): string[] {
  const atoms = program.rules.flatMap((rule) => [rule.head, ...subgoalsOf(rule).map(({ atom }) => atom)]);
  for (const { relation, args } of atoms) {
    if (relation !== name) continue;
    const names = args.flatMap((term) => (term.kind === 'variable' ? [term.name] : []));
    if (names.length === arity && new Set(names).size === arity) return names;
  }
  return Array.from({ length: arity }, (_, i) => `X${i + 1}`);
}
