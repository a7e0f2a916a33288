/** One of four shards of the comparison on random programs; see shard.ts. */
import { shard } from './shard.js';

shard(3);
