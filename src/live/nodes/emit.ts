/**
 * Counterexamples of a program as tests that pin them.
 */
import type { Runner } from '../../report/formats/emit-import.js';
import { breakingInWords } from '../../report/reporters/sentence.js';
import { emitSystemTest, literal, urlLiteral } from '../emit.js';
import type { NodesResult } from './report/schema.js';
import { inSentence } from './report/text.js';

/**
 * @param folder of the program, as seen from that of the test: `./`, `../`
 * @param typed whether the test is TypeScript
 */
export function emitNodesTest(runner: Runner, result: NodesResult, folder: string, typed: boolean): string {
  const { command, workload, bounds, counterexamples } = result;
  const { nodes, tickMs, eff, eot } = bounds;
  return emitSystemTest(
    runner,
    {
      module: 'ldfi/nodes',
      functions: ['defineNodes', 'assertNodesSurvive'],
      setup: [
        'const system = defineNodes({',
        `  program: ${literal(command)},`,
        `  cwd: new URL(${urlLiteral(folder)}, import.meta.url),`,
        `  workload: ${literal(workload)},`,
        ...Object.entries({ nodes: nodes.length, tickMs, eff, eot }).map(([name, value]) => `  ${name}: ${value},`),
        '});',
      ],
      counterexamples: counterexamples.map(({ faults, why }) => ({
        sentence: breakingInWords(
          why.map((line) => line.split('\n')[0] ?? ''),
          faults.map(({ words }) => inSentence(words)),
        ),
        faults,
      })),
    },
    typed,
  );
}
