import { Client } from '@tidemark/sdk/client';
import { Worker } from '@tidemark/sdk/worker';
import * as activities from './src/activities.ts';
import { OrderWorkflow } from './src/workflows.ts';

const client = await Client.connect(process.env['TIDEMARK_ADDRESS'] ?? '127.0.0.1:7233');
const worker = new Worker({ client, taskQueue: 'orders', workflows: [OrderWorkflow], activities, gracefulShutdownTimeout: '5s' });
const done = worker.run();
console.log('ready');
await done;
await client.close();
