/**
 * Random programs of messages: what arrives is kept or forgotten, joined, negated, counted, compared with thresholds,
 * dropped and sent on. They are small, so that all their schedules can be tried.
 */
import { parseProgram } from '../../src/dedalus/load.js';
import type { Program } from '../../src/dedalus/program.js';

type Random = (bound: number) => number;

interface Draft {
  readonly random: Random;
  readonly nodes: readonly string[];
  readonly lines: string[];
  /** Relations of a node and a value that rules may read. */
  readonly known: string[];
}

const pick = <T>(random: Random, items: readonly T[]): T => items[random(items.length)] as T;

/** The program of a seed, and its text. */
export function randomFlow(random: Random): {
  readonly text: string;
  readonly program: Program;
  readonly nodes: readonly string[];
} {
  for (;;) {
    const nodes = random(3) === 0 ? ['a', 'b', 'c'] : ['a', 'b'];
    const links = nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => `node("${from}", "${to}")@1;`));
    const draft: Draft = { random, nodes, lines: [...links, keep('node')], known: [] };
    given(draft);
    const steps = 2 + random(6);
    send(draft, 'm');
    for (let i = 0; i < steps; i++) pick(random, STEPS)(draft, `r${i}`);
    const text = `${draft.lines.join('\n')}\n`;
    const { program } = parseProgram(text);
    if (program?.rules.some(({ time }) => time === 'async')) return { text, program, nodes };
  }
}

const keep = (name: string): string => `${name}(N, V)@next :- ${name}(N, V);`;

/** What nodes have from the start, or come to have: kept or not. */
function given({ random, nodes, lines, known }: Draft): void {
  for (const name of ['p', 'q']) {
    for (const node of nodes)
      for (let rows = random(3); rows > 0; rows--)
        lines.push(`${name}("${node}", ${random(2)})@${pick(random, [1, 1, 2, 3])};`);
    lines.push(`${name}("${pick(random, nodes)}", ${random(2)})@1;`);
    if (random(2) === 0) lines.push(keep(name));
    known.push(name);
  }
}

/** A relation that is more likely a new one. */
function some({ random, known }: Draft): string {
  return known[Math.max(random(known.length), random(known.length))] as string;
}

const filter = ({ random }: Draft, variable: string): string =>
  random(8) === 0 ? `, ${variable} ${pick(random, ['>=', '<', '!=', '=='])} ${random(2)}` : '';

type StepOf = (draft: Draft, name: string) => void;

const send: StepOf = (draft, name) => {
  const { random, lines, known } = draft;
  const times = 1 + random(2);
  for (let i = 0; i < times; i++) {
    const second = random(4) === 0 ? `, ${some(draft)}(N, V)` : '';
    const to = random(4) === 0 ? 'M, W' : 'M, V';
    const more = to === 'M, W' ? `, ${some(draft)}(N, W)` : '';
    lines.push(`${name}(${to})@async :- ${some(draft)}(N, V)${second}${more}, node(N, M)${filter(draft, 'V')};`);
  }
  if (random(2) === 0) lines.push(keep(name));
  known.push(name);
};

const derive: StepOf = (draft, name) => {
  const { random, lines, known } = draft;
  const time = random(3) === 0 ? '@next' : '';
  const second = pick(random, [
    () => '',
    () => `, ${some(draft)}(N, V)`,
    () => `, ${some(draft)}(N, _)`,
    () => `, notin ${some(draft)}(N, V)`,
    () => `, notin ${some(draft)}(N, _)`,
    () => `, ${some(draft)}(N, W), V <= W`,
    () => `, ${pick(random, ['', 'notin '])}${some(draft)}(N, V)@${1 + random(3)}`,
  ])();
  lines.push(`${name}(N, V)${time} :- ${some(draft)}(N, V)${second}${filter(draft, 'V')};`);
  if (random(3) === 0) lines.push(keep(name));
  known.push(name);
};

/** More rules for what there is: cycles, too. */
const again: StepOf = (draft) => {
  const { random, lines, known } = draft;
  const name = pick(random, known);
  const time = pick(random, ['', '@next', '@next', '@async']);
  const head = time === '@async' ? `${name}(M, V)@async` : `${name}(N, V)${time}`;
  const to = time === '@async' ? ', node(N, M)' : '';
  lines.push(`${head} :- ${some(draft)}(N, V)${to}${filter(draft, 'V')};`);
};

/** Keeps rows as long as something holds. */
const drop: StepOf = (draft) => {
  const { random, lines, known } = draft;
  const name = pick(random, known);
  lines.push(`${name}(N, V)@next :- ${name}(N, V), ${pick(random, ['', 'notin '])}${some(draft)}(N, V);`);
};

const count: StepOf = (draft, name) => {
  const { random, lines, known } = draft;
  const fn = pick(random, ['count', 'count', 'count', 'max', 'min', 'sum']);
  lines.push(`${name}(N, ${fn}<V>)${pick(random, ['', '', '@next'])} :- ${some(draft)}(N, V)${filter(draft, 'V')};`);
  known.push(name);
  if (random(3) > 0) threshold(draft, name, fn);
};

function threshold({ random, lines, known }: Draft, name: string, fn: string): void {
  const op = fn === 'min' ? pick(random, ['<=', '<', '>']) : pick(random, ['>=', '>', '>=', '==', '<']);
  const bound =
    random(4) === 0 ? `${pick(random, known)}(N, W), V ${op} W` : `V ${op} ${random(2) + (fn === 'count' ? 1 : 0)}`;
  lines.push(`${name}t(N, N) :- ${name}(N, V), ${bound};`);
  if (random(3) === 0) lines.push(`${name}t(N, N)@next :- ${name}t(N, N);`);
  known.push(`${name}t`);
}

const STEPS: readonly StepOf[] = [send, send, send, derive, derive, again, drop, count, count];
