/** Databases by `require`. */
const { serve } = require('./ways.cjs');

serve({
  pg: require('pg'),
  Redis: require('ioredis'),
  mysql: require('mysql2'),
  mysqlPromise: require('mysql2/promise'),
});
