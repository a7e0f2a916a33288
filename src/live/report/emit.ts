/**
 * Counterexamples of running services as tests that pin them.
 */
import type { Runner } from '../../report/formats/emit-import.js';
import { breakingInWords } from '../../report/reporters/sentence.js';
import { emitSystemTest, urlLiteral } from '../emit.js';
import type { LiveResult } from './result.js';
import { faultInWords } from './words.js';

/**
 * @param config the configuration, as seen from the folder of the test
 * @param exclusive whether calls without headers were given to the experiment at the user's wish
 * @param typed whether the test is TypeScript
 */
export const emitLiveTest = (
  runner: Runner,
  { counterexamples }: LiveResult,
  { config, exclusive, typed }: { readonly config: string; readonly exclusive: boolean; readonly typed: boolean },
): string =>
  emitSystemTest(
    runner,
    {
      module: 'ldfi/live',
      functions: ['assertLiveSurvives'],
      setup: [
        '// The services of the configuration must be running, and must call each other through its proxies.',
        `const system = new URL(${urlLiteral(config)}, import.meta.url);`,
      ],
      ...(exclusive && { options: '{ exclusive: true }' }),
      counterexamples: counterexamples.map(({ faults, run }) => ({
        sentence: breakingInWords(
          run.why,
          faults.map((fault) => faultInWords(fault, run)),
        ),
        faults,
      })),
    },
    typed,
  );
