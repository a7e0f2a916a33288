/**
 * One half of the random protocols under all kinds of faults.
 */
import { compareHalf } from './all-kinds.js';

compareHalf(0);
