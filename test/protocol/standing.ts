/**
 * Puts the gates in their places for good, as `ldfi/vitest` and the command line do. To be imported before whatever
 * keeps functions for itself.
 */
import { installGuards } from '../../src/protocol/guards/guarded-places.js';

installGuards();
