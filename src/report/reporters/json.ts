/**
 * JSON: the result itself, as `--json` writes it.
 */
import type { Reporter } from './model.js';

export const jsonReport: Reporter = ({ json }) => json();
