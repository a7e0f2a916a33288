/**
 * Takes an order and leaves the invoice to a queue (BullMQ, which passes the context on by `bullmq-otel`).
 */
require('./telemetry.cjs');
const { createServer } = require('node:http');
const { Queue } = require('bullmq');
const { BullMQOtel } = require('bullmq-otel');

const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT), db: Number(process.env.REDIS_DB ?? 0) };
const queue = new Queue('invoices', { connection, telemetry: new BullMQOtel('orders') });

const server = createServer((request, response) => {
  request.resume().on('end', async () => {
    // Tried again if it fails: so an invoice is sent twice if the answer to the first is lost.
    const added = await queue
      .add('invoice', { order: 7 }, { attempts: 2, removeOnComplete: true, removeOnFail: true })
      .catch((error) => error);
    response.writeHead(added instanceof Error ? 503 : 202).end();
  });
});
void queue.waitUntilReady().then(() => {
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
});
process.stdin.resume().on('end', () => process.exit());
