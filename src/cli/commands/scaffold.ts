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
  file('specs/broadcast.ts', 'broadcast.ts'),
  file('.github/workflows/ldfi.yml', 'workflow.yml'),
];

export const NEXT_STEPS = `Next:
  npm install --save-dev ldfi
  npx ldfi test                     every check against the verdict it expects
  npx ldfi run specs/broadcast.ts   the fault that breaks 'one loss', and what happens then
  npx ldfi test --watch             while you repair it (specs/broadcast.ts says how)
`;
