/** The page of outputs needs no script: all that it shows is HTML. */
export {};
