/**
 * Files beside the bundle of the command line, for code that may run from there, from its own build, or from source.
 */

/** The address of a file in `dist/cli`. */
export function builtFile(name: string): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL(`../../dist/cli/${name}`, here);
  return new URL(here.includes('/dist/cli/') ? `./${name}` : `../cli/${name}`, here);
}
