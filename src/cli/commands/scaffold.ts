/**
 * What `ldfi init` writes: a configuration, a first protocol with a bug to be found, and a workflow for GitHub Actions.
 * The texts are in `templates/`.
 */
import { readFileSync } from 'node:fs';

export interface ScaffoldFile {
  readonly path: string;
  readonly text: string;
}

const file = (path: string, template: string): ScaffoldFile => ({
  path,
  text: readFileSync(new URL(`../../templates/${template}`, import.meta.url), 'utf8'),
});

export const scaffold = (): readonly ScaffoldFile[] => [
  file('ldfi.config.ts', 'ldfi.config.ts'),
  file('specs/checkout.ts', 'checkout.ts'),
  file('.github/workflows/ldfi.yml', 'workflow.yml'),
];

/**
 * What to do next.
 * @param script of `package.json` that runs all checks, if there is one now
 * @param installed whether `ldfi` can be imported there
 */
export function nextSteps(script: string | undefined, installed: boolean): string {
  const all = script === undefined ? 'npx ldfi test' : `npm run ${script}`;
  const first = installed ? '' : '  npm install --save-dev ldfi\n';
  return `Next:
${first}  npx ldfi run specs/checkout.ts --report   the bug: open reports/checkout.html
  ${all.padEnd(39)}   every check against the verdict it expects
specs/checkout.ts says how to mend it.
`;
}
