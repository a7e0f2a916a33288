/**
 * The shop in a process of its own, where something else passes the headers on. Its argument is the addresses by which
 * its services find each other, as JSON. It prints the ports of its services as JSON, and ends when its input does.
 */
import { startShop } from './shop.js';

void startShop(JSON.parse(process.argv[2] ?? '{}'), [], false).then(({ edge, catalog, stock, payments }) => {
  process.stdout.write(`${JSON.stringify([edge, catalog, stock, payments].map(({ port }) => port))}\n`);
});
process.stdin.resume().on('end', () => process.exit());
