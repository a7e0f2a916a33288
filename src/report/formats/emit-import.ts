/**
 * How an emitted test gets at a protocol's module, and how it is run.
 *
 * Of a module in TypeScript the compiler wants to be told `./x.js`, and Node and jest find nothing but `./x.ts`. vitest
 * takes the compiler's name from a test that is TypeScript too. For the others the name stands in a constant, which
 * compilers do not look into.
 *
 * A test in CommonJS requires what Node and the runner bring along, and imports all else when it runs.
 */
import { isIdentifier } from '../../core/names.js';
import { commandLine } from '../../core/shell.js';
import { printableJson } from '../result.js';

export type Runner = 'vitest' | 'jest' | 'node:test';

/** What the test is to be for Node: an ES module, CommonJS, or TypeScript of which a compiler makes CommonJS. */
export type Style = 'module' | 'commonjs' | 'compiled';

/** What to import, as seen from the test. */
export interface Imported {
  readonly module: string;
  /** Name of the export. */
  readonly exported: string;
}

/**
 * Lines that make the protocol known by the name `protocol`: at the top of the file, or in the test, which must be
 * async for them.
 */
export interface Import {
  readonly top: readonly string[];
  readonly inside: readonly string[];
}

/**
 * An import of names (`{ test }`, `{ a as b }`), of a default export (`assert`), or of what a module does (``), as lines.
 * @param from what stands behind `from`, quoted
 */
export function importing(names: string, from: string, style: Style): Import {
  const isPresent = /^['"](?:node:|@jest\/)/.test(from);
  if (style === 'module' || (isPresent && style === 'compiled'))
    return { top: [`import ${names}${names === '' ? '' : ' from '}${from};`], inside: [] };
  if (isPresent) return { top: [`const ${names} = require(${from});`], inside: [] };
  const taken = names.startsWith('{') ? names.replaceAll(' as ', ': ') : `{ default: ${names} }`;
  return { top: [], inside: [`  ${names === '' ? '' : `const ${taken} = `}await import(${from});`] };
}

/** Imports one after the other. */
export const allOf = (imports: readonly Import[]): Import => ({
  top: imports.flatMap(({ top }) => top),
  inside: imports.flatMap(({ inside }) => inside),
});

const TYPESCRIPT = /\.([cm]?)tsx?$/;

export const isTypeScript = (path: string): boolean => TYPESCRIPT.test(path);

const literal = (value: string): string => printableJson(JSON.stringify(value));

/** @param typed whether the test is TypeScript */
export function importOf(runner: Runner, { module, exported }: Imported, typed: boolean, style: Style): Import {
  const name = isIdentifier(exported) ? exported : literal(exported);
  if (runner !== 'vitest' && isTypeScript(module))
    return {
      top: ['', '// Named here, because compilers would have it end in .js.', `const file = ${literal(module)};`],
      inside: [`  const { ${name}: protocol } = await import(file);`],
    };
  const from = literal(typed ? module.replace(TYPESCRIPT, '.$1js') : module);
  return importing(exported === 'default' ? 'protocol' : `{ ${name} as protocol }`, from, style);
}

/**
 * Comments for the head of a test.
 * @param typed whether there is anything in TypeScript, the test or what it imports
 * @param file of the test, as seen from the working folder; left out if it is not known
 */
export function howToRun(runner: Runner, typed: boolean, file = 'FILE'): string[] {
  const [command, ...more] = WAYS[runner].map((line) => line.replace('FILE', () => commandLine([file])));
  return [`// Run it: ${command}`, ...(typed ? more.map((line) => `// ${line}`) : [])];
}

const WAYS: Record<Runner, readonly [command: string, ...forTypeScript: string[]]> = {
  vitest: ['npx vitest run FILE'],
  jest: [
    'NODE_OPTIONS=--experimental-vm-modules npx jest FILE',
    "TypeScript takes a transform in jest's configuration, and extensionsToTreatAsEsm: ['.ts'].",
  ],
  'node:test': ['node --test FILE', 'Node before 22.18 needs a loader for TypeScript: node --import tsx --test FILE'],
};
