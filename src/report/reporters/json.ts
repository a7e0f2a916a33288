/**
 * JSON: the result itself, as `--json` writes it.
 */
import { resultToJson } from '../result.js';
import type { Reporter } from './model.js';

export const jsonReport: Reporter = ({ result }) => resultToJson(result);
