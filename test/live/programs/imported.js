/** Databases by `import`. */
import { Redis } from 'ioredis';
import mysql from 'mysql2';
import mysqlPromise from 'mysql2/promise';
import { Pool } from 'pg';
import { serve } from './ways.cjs';

serve({ pg: { Pool }, Redis, mysql, mysqlPromise });
