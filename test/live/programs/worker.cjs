/**
 * Works through the queue of `orders.cjs`: each job sends an invoice by a call to `MAIL_URL`.
 */
require('./telemetry.cjs');
const { request } = require('node:http');
const { Worker } = require('bullmq');
const { BullMQOtel } = require('bullmq-otel');

const send = ({ order }) =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ order });
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const asked = request(`${process.env.MAIL_URL}/invoices`, { method: 'POST', headers, timeout: 500 }, (answer) => {
      answer.resume().on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error('not sent'))));
      answer.on('error', reject);
    });
    asked.on('timeout', () => asked.destroy(new Error('too late')));
    asked.on('error', reject);
    asked.end(body);
  });

const connection = {
  ...{ host: '127.0.0.1', port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null },
  db: Number(process.env.REDIS_DB ?? 0),
};
const worker = new Worker('invoices', ({ data }) => send(data), { connection, telemetry: new BullMQOtel('worker') });
worker.on('error', () => undefined);
void worker.waitUntilReady().then(() => process.stdout.write('0\n'));
process.stdin.resume().on('end', () => process.exit());
