/**
 * What `import … from 'ldfi'` gives in a module of the user's: the public API, of this very copy.
 */
export * from '../index.js';
