/** Removes what earlier builds left: the bundler names its chunks by content, so old ones would pile up. */
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
