/**
 * A service that uses databases in the way that a request's path names, and says what came of it.
 */
const { createServer } = require('node:http');

/** @param libraries `pg`, `Redis` and `mysql`, however they were loaded */
exports.serve = ({ pg, Redis, mysql, mysqlPromise }) => {
  const { PG_URL, REDIS_URL, MYSQL_PORT } = process.env;
  const pool = new pg.Pool({ connectionString: PG_URL, max: 2 });
  const impatient = new pg.Pool({ connectionString: PG_URL, max: 2, query_timeout: 200 });
  for (const it of [pool, impatient]) it.on('error', () => undefined);
  const redis = new Redis(REDIS_URL, { commandTimeout: 60_000 });
  redis.defineCommand('twice', {
    numberOfKeys: 1,
    lua: "redis.call('incr', KEYS[1]) return redis.call('incr', KEYS[1])",
  });
  const at = { host: '127.0.0.1', port: Number(MYSQL_PORT), user: 'u', database: 'd' };
  const promised = mysqlPromise.createPool(at);
  const called = mysql.createPool({ ...at, connectionLimit: 1 });

  const byCallback = (ask) =>
    new Promise((resolve, reject) => ask((error, value) => (error ? reject(error) : resolve(value))));
  const insert = 'insert into things (name) values ($1) returning name';
  const names = ({ rows }) => rows.map(({ name }) => name);

  async function inTransaction(work) {
    const client = await pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }

  const ways = {
    '/pg': async () => names(await pool.query(insert, ['lamp'])),
    '/pg-callback': async () => names(await byCallback((done) => pool.query(insert, ['lamp'], done))),
    '/pg-config': async () => names(await pool.query({ text: insert, values: ['lamp'] })),
    '/pg-impatient': async () => names(await impatient.query(insert, ['lamp'])),
    '/pg-order': () =>
      inTransaction(async (client) => {
        const all = ['begin', "insert into things (name) values ('a')", 'select name from things', 'rollback'];
        return (await Promise.all(all.map((text) => client.query(text)))).map(({ command }) => command);
      }),
    // What is caught is not forgotten by the server.
    '/pg-caught': () =>
      inTransaction(async (client) => {
        await client.query('begin');
        const caught = await client.query(insert, ['lamp']).catch((error) => error.code);
        const after = await client.query('select 1').catch((error) => error.code ?? error.message);
        await client.query('rollback').catch(() => undefined);
        return [caught, after];
      }),
    '/redis': () => redis.incr('counter'),
    '/redis-callback': () => byCallback((done) => redis.incr('counter', done)),
    '/redis-script': () => redis.twice('counter'),
    '/redis-buffer': async () => {
      await redis.set('bytes', 'lamp');
      return (await redis.getBuffer('bytes')).toString('hex');
    },
    '/redis-hash': async () => {
      await redis.hset('hash', { a: 1, b: 2 });
      return redis.hgetall('hash');
    },
    '/redis-pipeline': async () =>
      (await redis.pipeline().incr('counter').get('counter').exec()).map(([error, value]) => error?.message ?? value),
    '/redis-multi': async () => (await redis.multi().incr('counter').incr('counter').exec()).map(([, value]) => value),
    '/mysql': async () => (await promised.query('insert into things values (?)', ['lamp']))[0].affectedRows,
    '/mysql-options': async () =>
      (await promised.query({ sql: 'insert into things values (?)', values: ['lamp'] }))[0].affectedRows,
    '/mysql-transaction': async () => {
      const connection = await promised.getConnection();
      try {
        await connection.beginTransaction();
        await connection.query('insert into things values (?)', ['lamp']);
        await connection.commit();
      } finally {
        connection.release();
      }
    },
    '/mysql-callback': async () =>
      (await byCallback((done) => called.query('insert into things values (?)', ['lamp'], done))).affectedRows,
  };

  const server = createServer(async (request, response) => {
    const said = await ways[request.url]().then(
      (value) => ({ value }),
      ({ code, message, name }) => ({ error: { code, message, name } }),
    );
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(said));
  });
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
  process.stdin.resume().on('end', () => process.exit());
};
