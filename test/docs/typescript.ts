/**
 * Blocks of TypeScript as files of a project that has `ldfi` installed. Most are whole modules; of the others it is said
 * here what stands around them.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { environment, folder, PACKAGE, ROOT } from '../cli/support.js';
import type { Block } from './pages.js';

interface Around {
  /** What only this piece has in it. */
  readonly has: string;
  readonly before: string;
  readonly after: string;
}

const PROTOCOL = `export default defineProtocol({
  name: 'piece',
  nodes: ['a', 'b'],
  check: () => 'holds',
`;
const TESTS = "import { expect, test } from 'vitest';\nvoid expect;\n";

const AROUND: readonly Around[] = [
  {
    has: 'state: State; message: Message; fact: Fact',
    before: `import { defineProtocol } from 'ldfi';
      interface State { has: boolean }
      type Message = string;
      type Fact = string;
      ${PROTOCOL}`,
    after: '});',
  },
  {
    has: 'step: core.step',
    before: `import { defineProtocol, sansIo } from 'ldfi';
      type Message = 'get';
      type Event =
        | { type: 'start'; id: string }
        | { type: 'received'; from: string; message: Message }
        | { type: 'timeout'; name: string };
      type Effect = { type: 'send'; to: string; message: Message } | { type: 'timer'; name: string; ticks: number };
      declare const core: { step(state: { n: number } | undefined, event: Event): [{ n: number }, Effect[]] };
      ${PROTOCOL}`,
    after: '});',
  },
  {
    has: 'machineActor(',
    before: `import { defineProtocol, machineActor } from 'ldfi';
      import { createMachine } from 'xstate';
      type Message = { type: 'ping' } | { type: 'pong' };
      const machine = createMachine({ types: {} as { events: Message & { from: string } } });
      ${PROTOCOL}  types: {} as { message: Message },\n`,
    after: '});',
  },
  { has: 'parseProgram(text)', before: 'declare const text: string;\n', after: '' },
  { has: 'assertLiveSurvives(', before: TESTS, after: '' },
  { has: 'assertNodesSurvive(', before: TESTS, after: '' },
  { has: '.toTolerate(', before: TESTS, after: '' },
];

/** A block as a module: what it imports goes before what stands around it. */
export function moduleOf({ text }: Block): string {
  const around = AROUND.find(({ has }) => text.includes(has));
  if (!around) return text;
  const lines = text.split('\n');
  const imports = lines.filter((line) => line.startsWith('import '));
  const rest = lines.filter((line) => !line.startsWith('import '));
  return [...imports, around.before, ...rest, around.after].join('\n');
}

/** Whether a block is a whole module with checks, which can be searched. */
export const isWhole = ({ text }: Block): boolean =>
  /^export default (?:define(?:Protocol|System)|bloom)\(/m.test(text);

/**
 * A project with these modules in it.
 * @returns its folder, and what the compiler says of it: empty if all is well
 */
export function compiled(modules: Readonly<Record<string, string>>): { cwd: string; problems: string } {
  const cwd = folder({
    ...modules,
    'package.json': '{ "name": "reader", "private": true, "type": "module" }',
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        strict: true,
        module: 'NodeNext',
        target: 'ES2022',
        lib: ['ES2023', 'DOM'],
        types: ['node'],
        skipLibCheck: true,
        noEmit: true,
      },
      include: ['**/*.ts'],
    }),
  });
  mkdirSync(join(cwd, 'node_modules/@types'), { recursive: true });
  symlinkSync(PACKAGE, join(cwd, 'node_modules/ldfi'));
  for (const name of ['vitest', 'xstate', '@types/node'])
    symlinkSync(join(ROOT, 'node_modules', name), join(cwd, 'node_modules', name));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, '--project', cwd, '--pretty', 'false'], {
    cwd,
    env: environment(),
    encoding: 'utf8',
    timeout: 300_000,
  });
  return { cwd, problems: stdout + stderr };
}
