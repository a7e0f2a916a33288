/**
 * Specs whose files and checks have the names that commands and pages get wrong: spaces, quotes, other scripts, several
 * checks of one name.
 */
import { type Finished, folder, oneMessage, SPECS, shown } from './support.js';

export const ODD_PATH = `пробел и 'кавычки' "две"/заявка 申请 👩\u200d💻.ded`;

/** A check of that file. */
export const ODD_CHECK = "it's lost 申";

const LOSS = SPECS.violated.replace(/.*\n/, '//! check name=loss eot=4 eff=2 crashes=0 nodes=a,b\n');

const protocol = (name: string, exported: string): string =>
  oneMessage(`{ name: 'пропажа $HOME', eot: 4, eff: 2 }`)
    .replace(/import .*\n/, '')
    .replace('export default', `export const ${exported} =`)
    .replace("name: 'one'", `name: '${name}'`);

const IMPORT = "import { defineProtocol } from 'ldfi';\n";

/** Every check is violated. */
export const oddSpecs = (): string =>
  folder({
    [ODD_PATH]: `//! check name="${ODD_CHECK}" eot=5 eff=2 crashes=0 nodes=a,b\n${LOSS}`,
    '-flag.ded': LOSS,
    'c/several.ts': IMPORT + protocol('первый', 'first') + protocol('second one', 'second'),
    'b/one.ts': IMPORT + protocol('one', 'one'),
    'b/other.ts': IMPORT + protocol('other', 'other'),
  });

/** Runs a command as it was shown. */
export const runShown = (cwd: string, command: string): Finished => shown(cwd, command.replace(/^npx ldfi/, ''));
