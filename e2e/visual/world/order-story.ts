/** The order that most pages show: an hour's work in nine minutes, of every kind there is, and stuck at a card. */
import { toDuration } from '@tidemark/protocol/time';
import { cancelTimer, complete, payloads, startTimer } from '../../fixtures/fake-worker.ts';
import { activity, answerOf, attributes, child, marker, payloadMap } from './commands.ts';
import { timeOf } from './moment.ts';
import type { Fault, Hands, Story, World } from './world.ts';
import { NAMESPACE } from './world.ts';

export const ORDER = 'ord-8812';
const QUEUE = 'orders';
const LINES = 24;
const bill = { orderId: '8812', amount: 1284.6, currency: 'EUR', card: 'tok_77ab9f2' };

const gateway = (zone: string, ms: string): Fault => ({
  type: 'GatewayError',
  message: `502 Bad Gateway: POST https://pay-gw.internal/v2/charges answered 502 from ${zone} after ${ms} ms`,
  stack: [
    'at charge (payments/charge.ts:41:11)',
    'at withIdempotency (payments/idem.ts:19:18)',
    'at async chargeCard (payments/activities.ts:12:5)',
  ].join('\n'),
});

const worker = (number: number): Hands => ({ identity: `worker-${number}`, build: '7f3c' });

export async function* orderStory(world: World): Story {
  const { workflow } = world.connection;
  const of = (activityId: string) => ({ workflowId: ORDER, activityId });
  const next = (commands: Parameters<World['task']>[2]) => world.task(QUEUE, ORDER, commands, { waits: 9, thinks: 38 });
  yield timeOf('11:58:24.400');
  await workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId: ORDER,
    workflowType: { name: 'OrderFlow' },
    taskQueue: { name: QUEUE },
    requestId: 'start-8812',
    identity: 'shop@web-3',
    input: payloads({ orderId: '8812', customer: 'cus_4417', items: LINES, total: 1284.6, currency: 'EUR' }),
    workflowRunTimeout: toDuration(3_600_000),
    searchAttributes: { indexedFields: payloadMap({ OrderStatus: 'RESERVING', Region: 'eu-central', Customer: 'cus_4417' }) },
    memo: { fields: payloadMap({ channel: 'web', note: 'gift wrap' }) },
  });
  const reserve = Array.from({ length: LINES }, (_, line) =>
    activity('reserveItem', { id: `reserve-${line + 1}`, input: { sku: `TM-0${410 + line}`, qty: 1 + (line % 3) } }),
  );
  await next([marker('core_patch', { 'patch-data': { id: 'v2-pricing', deprecated: false } }), ...reserve]);
  for (let line = 0; line < LINES; line += 1) {
    await world.pass(130);
    const task = await world.activityTask(QUEUE, of(`reserve-${line + 1}`), worker(1 + (line % 3)));
    await world.pass(310 + (line % 5) * 40);
    await world.done(task, { reserved: true, shelf: `A${line}` });
    if (line === 11) await next([]);
  }
  await next([
    activity('priceOrder', { id: 'price', input: { items: LINES } }),
    activity('fraudScore', { id: 'fraud', input: { customer: 'cus_4417' } }),
    marker('core_local_activity', { data: { activity_id: '27', activity_type: 'taxLookup', attempt: 1 }, result: { vat: 0.19 } }),
  ]);
  await world.pass(40);
  const price = await world.activityTask(QUEUE, of('price'), worker(2));
  await world.pass(2960);
  await world.done(price, { total: 1284.6 });
  await next([]);
  const fraud = await world.activityTask(QUEUE, of('fraud'), worker(3));
  const changed = workflow.updateWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: { workflowId: ORDER },
    waitPolicy: { lifecycleStage: 3 },
    request: {
      meta: { updateId: 'change-address-1', identity: 'r.osei' },
      input: { name: 'changeAddress', args: payloads({ street: 'Hafenstr. 12', city: 'Hamburg' }) },
    },
  });
  const brought = await world.workflowTask(QUEUE, ORDER);
  await world.pass(290);
  const [request] = brought.messages ?? [];
  if (request === undefined) throw new Error('the update was not brought with a task');
  await world.decide(brought, answerOf(request, { accepted: true }).commands, { messages: answerOf(request, { accepted: true }).messages });
  await changed;
  await world.pass(8800);
  await world.done(fraud, { score: 0.71, verdict: 'review' });
  await next([
    attributes({ OrderStatus: 'REVIEW' }),
    child('ntf-8812', 'NotifyFlow', { input: { to: 'cus_4417', about: 'review' } }),
    child('rev-8812', 'FraudReview', { input: { score: 0.71 } }),
    startTimer('fraudHold', 900_000, 'fraudHold'),
  ]);
  await world.task(QUEUE, 'ntf-8812', [complete({ sent: true })], { waits: 180, thinks: 2900 });
  await world.task(QUEUE, 'rev-8812', [startTimer('patience', 3_600_000)]);
  await next([]);

  yield timeOf('12:05:34.100');
  await workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: 'rev-8812' }, signalName: 'clear' });
  await world.task(QUEUE, 'rev-8812', [cancelTimer('patience'), complete({ verdict: 'clear', by: 'r.osei' })]);
  await next([]);
  yield timeOf('12:05:46.300');
  await workflow.signalWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: { workflowId: ORDER },
    signalName: 'approve',
    identity: 'r.osei',
    input: payloads({ decision: 'approved', by: 'r.osei' }),
  });
  await next([
    cancelTimer('fraudHold'),
    activity('chargeCard', {
      id: 'charge',
      queue: 'gateway',
      input: bill,
      summary: 'charge €1 284.60',
      retry: { firstMs: 8000, factor: 2, mostMs: 30_000 },
      timeouts: { scheduleToClose: 600_000 },
    }),
    activity('keepReservation', {
      id: 'keep',
      input: { reservation: 'rsv_20c7', items: LINES },
      timeouts: { startToClose: 900_000, heartbeat: 60_000 },
    }),
    activity('loyaltyPoints', { id: 'points', input: { customer: 'cus_4417', points: 128 }, timeouts: { startToClose: 10_000 } }),
    startTimer('chargeDeadline', 600_000, 'chargeDeadline'),
    attributes({ OrderStatus: 'CHARGING' }),
  ]);
  yield* charge(world);
}

async function* charge(world: World): Story {
  const attempt = async (hands: Hands) => await world.activityTask('gateway', { workflowId: ORDER, activityId: 'charge' }, hands);
  await world.pass(900);
  const first = await attempt(worker(3));
  const keep = await world.activityTask(QUEUE, { workflowId: ORDER, activityId: 'keep' }, worker(2));
  await world.pass(700);
  await world.activityTask(QUEUE, { workflowId: ORDER, activityId: 'points' }, worker(5));
  yield world.time + 5400;
  await world.failed(first, gateway('eu-1', '6 097'), worker(3));
  // Its time is over ten seconds after it was taken.
  yield timeOf('12:05:58.500');
  await world.task(QUEUE, ORDER, [], { waits: 9, thinks: 38 });
  yield timeOf('12:06:01.900');
  const second = await attempt(worker(1));
  yield world.time + 5370;
  await world.failed(second, gateway('eu-1', '5 366'), worker(1));
  yield timeOf('12:06:23.600');
  const third = await attempt(worker(3));
  yield world.time + 6290;
  await world.failed(third, gateway('eu-1', '6 288'), worker(3));
  yield timeOf('12:06:40.200');
  await beat(world, keep.taskToken);
  yield timeOf('12:06:59.900');
  const fourth = await attempt(worker(6));
  yield world.time + 5208;
  await world.failed(fourth, gateway('eu-2', '5 204'), worker(6));
  yield timeOf('12:07:10.200');
  await beat(world, keep.taskToken);
}

async function beat(world: World, taskToken: Uint8Array): Promise<void> {
  await world.connection.workflow.recordActivityTaskHeartbeat({
    namespace: NAMESPACE,
    taskToken,
    identity: 'worker-2',
    details: payloads({ held: LINES, of: LINES }),
  });
}
