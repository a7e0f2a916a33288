/**
 * Charges for an order in a transaction, and tries it again if that fails: so it charges twice if the answer to a
 * commit is lost.
 */
import { createServer } from 'node:http';
import { Pool } from 'pg';

const pool = new Pool({ connectionString: process.env.PG_URL, max: 2, query_timeout: 500 });
// Clients that are idle end when their database is made anew.
pool.on('error', () => undefined);

async function charge(amount) {
  const client = await pool.connect();
  let failed = false;
  try {
    await client.query('begin');
    await client.query('insert into charges (amount) values ($1)', [amount]);
    await client.query('commit');
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    client.release(failed);
  }
}

const server = createServer(async (_, response) => {
  const status = await charge(42)
    .catch(() => charge(42))
    .then(
      () => 201,
      () => 503,
    );
  response.writeHead(status).end();
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.resume().on('end', () => process.exit());
