/**
 * Takes hold of a library as soon as a service loads it, however it does: the three are CommonJS, so that `import` of
 * them, too, ends in the loader of CommonJS modules.
 */
import Module, { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';

type Load = (
  request: string,
  parent: { readonly filename?: string | null } | null | undefined,
  isMain: boolean,
) => unknown;

/** A file of a package: `pg/lib/client`, or only `pg`. */
const PACKAGE = /(?:^|[\\/]node_modules[\\/])(pg|pg-pool|ioredis|mysql2)(?=$|[\\/])(?!.*[\\/]node_modules[\\/])/;

/**
 * @param act called with a package's name, what one of its modules exports, and how such a module requires others;
 *   perhaps more than once for the same
 */
export function whenLoaded(act: (library: string, exported: unknown, load: (name: string) => unknown) => void): void {
  const loader = Module as unknown as { _load: Load };
  const load = loader._load;
  loader._load = function (this: unknown, request, parent, isMain) {
    const exported = Reflect.apply(load, this, [request, parent, isMain]);
    const file = request.startsWith('.') && parent?.filename ? join(dirname(parent.filename), request) : request;
    const name = PACKAGE.exec(file)?.[1];
    const from = isAbsolute(file) ? file : (parent?.filename ?? undefined);
    if (name !== undefined && from !== undefined) act(name, exported, createRequire(from));
    return exported;
  };
}
