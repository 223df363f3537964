/** Starts one order, approves it and waits for the receipt. `npm start -- --leave` leaves it waiting for approval. */
import { Client } from '@tidemark/sdk/client';
import { OrderWorkflow } from './src/workflows.ts';

const client = await Client.connect(process.env['TIDEMARK_ADDRESS'] ?? '127.0.0.1:7233');
const orderId = String(Date.now());
const items = [
  { sku: 'lamp', quantity: 1, priceCents: 4900 },
  { sku: 'bulb', quantity: 3, priceCents: 450 },
];
const handle = await client.startWorkflow(
  OrderWorkflow,
  { orderId, customer: 'ada@example.com', items },
  { id: `order-${orderId}`, taskQueue: 'orders', staticSummary: 'An order of the example' },
);
console.log(`started ${handle.workflowId}`);
if (!process.argv.includes('--leave')) {
  await handle.signal('approve', 'grace');
  console.log('receipt', await handle.result());
}
await client.close();
