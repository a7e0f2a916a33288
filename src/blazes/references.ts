/**
 * What is wrong with a topology whose form is right: names that lead nowhere, and inputs to which nothing ever comes.
 */
import { suggest } from '../dedalus/suggest.js';
import { endOf, partsOf, type Topology } from './topology.js';

export interface MeaningProblem {
  readonly code: 'unknown-end' | 'fed-by-nothing' | 'no-streams';
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly hint?: string;
}

export function meaningProblems(topology: Topology): MeaningProblem[] {
  const lost = Object.entries(topology.streams).flatMap(([name, { from, to = [] }]) => [
    ...(from === undefined ? [] : unknownEnd(topology, from, 'to', ['streams', name, 'from'])),
    ...to.flatMap((end) => unknownEnd(topology, end, 'from', ['streams', name, 'to'])),
    ...(from === undefined && to.length === 0
      ? [problem('no-streams', ['streams', name], `stream ${name} leads from nowhere to nowhere`)]
      : []),
  ]);
  if (Object.keys(topology.streams).length === 0)
    lost.push(problem('no-streams', ['streams'], 'there is no stream, so there is nothing to label'));
  return lost.length > 0 ? lost : unfed(topology);
}

const problem = (
  code: MeaningProblem['code'],
  path: readonly PropertyKey[],
  message: string,
  hint?: string,
): MeaningProblem => ({ code, path, message, ...(hint !== undefined && { hint }) });

/** @param side of paths on which the interface must be */
function unknownEnd(
  { components }: Topology,
  end: string,
  side: 'from' | 'to',
  path: readonly PropertyKey[],
): MeaningProblem[] {
  const [name, face] = partsOf(end);
  const component = Object.hasOwn(components, name) ? components[name] : undefined;
  if (!component) return [missing(path, `there is no component ${name}`, name, Object.keys(components))];
  const faces = [...new Set(component.paths.map((one) => one[side]))];
  if (faces.includes(face)) return [];
  const what = side === 'from' ? 'comes in' : 'goes out';
  return [missing(path, `nothing ${what} at ${end}: no path of ${name} has it as its ${side}`, face, faces)];
}

function missing(
  path: readonly PropertyKey[],
  message: string,
  name: string,
  known: readonly string[],
): MeaningProblem {
  const meant = suggest(name, known);
  const hint = meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`;
  return problem('unknown-end', path, message, hint);
}

/** Inputs that no source leads to, by however many components. */
function unfed({ components, streams }: Topology): MeaningProblem[] {
  const fed = new Set<string>();
  const alive = new Set<string>();
  const all = Object.entries(streams);
  for (let before = -1; before < fed.size + alive.size; ) {
    before = fed.size + alive.size;
    for (const [, { from, to = [] }] of all)
      if (from === undefined || alive.has(from)) for (const end of to) fed.add(end);
    for (const [name, { paths }] of Object.entries(components))
      for (const { from, to } of paths) if (fed.has(endOf(name, from))) alive.add(endOf(name, to));
  }
  return Object.entries(components).flatMap(([name, { paths }]) =>
    paths.flatMap(({ from }, i) =>
      fed.has(endOf(name, from))
        ? []
        : [
            problem(
              'fed-by-nothing',
              ['components', name, 'paths', i, 'from'],
              `nothing ever comes to ${endOf(name, from)}`,
              `add a stream with "to: ${endOf(name, from)}", from outside or from a component that is fed`,
            ),
          ],
    ),
  );
}
