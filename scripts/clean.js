/** Removes what earlier builds left: files whose source is gone would stay. */
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
