/** The runs around the one that most pages show: a day of orders and refunds, and one of each way to end or to be stuck. */
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import { cancelRun, complete, payloads, startTimer } from '../../fixtures/fake-worker.ts';
import { activity, child, failRun, goOn, payloadMap, signalOther } from './commands.ts';
import { NOW, timeOf } from './moment.ts';
import type { Fault, Hands, Story, World } from './world.ts';
import { NAMESPACE } from './world.ts';

const MINUTE_MS = 60_000;
const RETRY_MS = 200_000;
const newBuild: Hands = { identity: 'worker-8', build: '8a1d' };
const declined = (reason: string): Fault => ({
  type: 'CardDeclined',
  message: `The card was declined: ${reason}`,
  stack: 'at refuse (payments/charge.ts:58:9)\nat async OrderFlow.chargeOrder (order.ts:91:5)',
  final: true,
});

interface Begun {
  readonly id: string;
  readonly at: number;
  readonly type?: string;
  readonly queue?: string;
  readonly input?: unknown;
  readonly region?: string;
  readonly runTimeoutMs?: number;
}

async function* begin(world: World, { id, at, type = 'OrderFlow', queue = 'orders', ...more }: Begun): Story {
  yield at;
  await world.connection.workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId: id,
    workflowType: { name: type },
    taskQueue: { name: queue },
    requestId: `start-${id}`,
    identity: 'shop@web-3',
    input: payloads(more.input ?? { orderId: id.replace(/^\D+/, ''), customer: 'cus_1209', total: 41.9, currency: 'EUR' }),
    searchAttributes: { indexedFields: payloadMap({ Region: more.region ?? 'eu-central', OrderStatus: 'PAID' }) },
    ...(more.runTimeoutMs === undefined ? {} : { workflowRunTimeout: toDuration(more.runTimeoutMs) }),
  });
}

/** How many begin in each ten minutes: little at night, more from the morning on. */
function startsOf(bucket: number): number {
  const hour = (11.5 + bucket / 6) % 24;
  const day = Math.max(0, Math.sin(((hour - 6) / 24) * 2 * Math.PI));
  return Math.round(0.4 + day * 1.8 + (hour > 17 && hour < 21 ? 1 : 0) + ((bucket * 7) % 3) * 0.35);
}

/** A day of runs that ended: most well, some not. */
export function dayOfOrders(world: World): readonly Story[] {
  const from = timeOf('-1 12:20:00');
  const stories: Story[] = [];
  for (let bucket = 0, number = 8400; bucket < 138; bucket += 1)
    for (let each = 0; each < startsOf(bucket); each += 1, number += 1)
      stories.push(ordinary(world, number, from + bucket * 10 * MINUTE_MS + each * 137_000 + ((number * 7919) % 60_000)));
  return stories;
}

async function* ordinary(world: World, number: number, at: number): Story {
  const isRefund = number % 6 === 0;
  const id = `${isRefund ? 'rfd' : 'ord'}-${number}`;
  const queue = isRefund ? 'refunds' : 'orders';
  yield* begin(world, { id, at, type: isRefund ? 'RefundFlow' : 'OrderFlow', queue, region: number % 4 === 0 ? 'eu-west' : 'eu-central' });
  await world.task(queue, id, [startTimer('settle', 1000)]);
  yield world.time + 12_000 + ((number * 31) % 40) * 1000;
  const outcome =
    number % 23 === 7
      ? failRun(declined(number % 2 === 0 ? 'expired_card' : 'insufficient_funds'))
      : complete(isRefund ? { refunded: 129, currency: 'EUR' } : { shipped: true, items: 1 + (number % 4), total: 12 + (number % 90) });
  await world.task(queue, id, [outcome]);
}

export const singleStories = (world: World): readonly Story[] => [
  declines(world),
  timesOut(world),
  canceled(world),
  terminated(world),
  retries(world, 'ord-8788', timeOf('11:54:58')),
  retries(world, 'ord-8841', timeOf('12:03:11')),
  taskFails(world),
  rollsOver(world),
  waitsOnTimer(world),
  waitsOnSignal(world),
  nobodyPolls(world),
  unpolledActivity(world),
  family(world),
  pausedOne(world),
  fresh(world, 'ord-8851', timeOf('12:06:58')),
  fresh(world, 'ord-8853', timeOf('12:07:04')),
];

async function* declines(world: World): Story {
  const id = 'ord-8849';
  yield* begin(world, { id, at: timeOf('12:06:12') });
  await world.task('orders', id, [activity('reserveItem', { id: 'reserve' }), activity('chargeCard', { id: 'charge', queue: 'gateway' })]);
  await world.pass(240);
  const reserve = await world.activityTask('orders', { workflowId: id, activityId: 'reserve' });
  await world.pass(800);
  await world.done(reserve, { ok: true });
  await world.task('orders', id, []);
  const charge = await world.activityTask('gateway', { workflowId: id, activityId: 'charge' });
  yield world.time + 4100;
  await world.failed(charge, declined('insufficient_funds'));
  await world.task('orders', id, [failRun(declined('insufficient_funds'))]);
}

async function* timesOut(world: World): Story {
  yield* begin(world, { id: 'rfd-2204', at: timeOf('11:45:20'), type: 'RefundFlow', queue: 'refunds', runTimeoutMs: 600_000 });
  await world.task('refunds', 'rfd-2204', [startTimer('confirm', 3_600_000, 'signal confirm')]);
  yield timeOf('11:55:21');
}

async function* canceled(world: World): Story {
  const id = 'ord-8785';
  yield* begin(world, { id, at: timeOf('11:53:30') });
  await world.task('orders', id, [startTimer('fraudHold', 900_000, 'fraudHold')]);
  yield timeOf('11:57:36');
  await world.asConsole('workflow.cancel', { workflowId: id, identity: 'd.lindqvist', reason: 'address check' });
  await world.task('orders', id, [cancelRun()]);
}

async function* terminated(world: World): Story {
  const id = 'ord-8779';
  yield* begin(world, { id, at: timeOf('11:52:11') });
  await world.task('orders', id, [startTimer('fraudHold', 900_000, 'fraudHold')]);
  yield timeOf('11:56:01');
  await world.asConsole('workflow.terminate', { workflowId: id, identity: 'r.osei', reason: 'duplicate of ord-8778' });
}

async function* retries(world: World, id: string, at: number): Story {
  yield* begin(world, { id, at });
  await world.task('orders', id, [
    activity('chargeCard', { id: 'charge', queue: 'gateway', retry: { firstMs: RETRY_MS, factor: 1, mostMs: RETRY_MS } }),
  ]);
  for (let tried = 0; world.time < NOW; tried += 1) {
    await world.pass(300);
    const task = await world.activityTask('gateway', { workflowId: id, activityId: 'charge' });
    await world.pass(2400);
    await world.failed(task, {
      type: 'GatewayError',
      message: `502 Bad Gateway: POST https://pay-gw.internal/v2/charges answered 502 from eu-1 after ${5 + tried} 204 ms`,
      stack: 'at charge (payments/charge.ts:41:11)\nat async chargeCard (payments/activities.ts:12:5)',
    });
    const next = world.time + RETRY_MS;
    if (next > NOW) return;
    yield next;
  }
}

/** Begun by one build, broken by the next. */
async function* taskFails(world: World): Story {
  const id = 'ord-8790';
  yield* begin(world, { id, at: timeOf('11:57:02') });
  await world.task('orders', id, [activity('priceOrder', { id: 'price' })]);
  await world.pass(90);
  const price = await world.activityTask('orders', { workflowId: id, activityId: 'price' });
  await world.pass(610);
  await world.done(price, { total: 66.4 });
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await world.pass(20);
    const task = await world.workflowTask('orders', id, newBuild);
    await world.pass(45);
    await world.connection.workflow.respondWorkflowTaskFailed({
      namespace: NAMESPACE,
      taskToken: task.taskToken,
      identity: newBuild.identity,
      cause: api.enums.v1.WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR,
      failure: {
        message: '[TMPRL1100] History scheduled activity "priceOrder" (#5), but the code at order.ts:86 started a timer of 2 s instead.',
        source: 'TypeScriptSDK',
        stackTrace: 'at OrderFlow.chargeOrder (order.ts:86:11)',
        applicationFailureInfo: { type: 'NondeterminismError' },
      },
    });
    yield world.time + 11_000 * attempt;
  }
}

async function* rollsOver(world: World): Story {
  const id = 'rpt-daily';
  yield* begin(world, { id, at: timeOf('09:00:00'), type: 'ReportFlow', queue: 'reports', input: { cursor: 0 } });
  for (let page = 1; page <= 3; page += 1) {
    await world.task('reports', id, [startTimer(`page-${page}`, 1_800_000)]);
    yield world.time + 1_800_500;
    await world.task('reports', id, [goOn('ReportFlow', 'reports', { cursor: page * 5000 })]);
  }
  await world.task('reports', id, [startTimer('page-4', 7_200_000, 'next page')]);
}

async function* waitsOnTimer(world: World): Story {
  yield* begin(world, { id: 'ord-8845', at: timeOf('12:05:12') });
  await world.task('orders', 'ord-8845', [startTimer('fraudHold', 907_000, 'fraudHold')]);
}

async function* waitsOnSignal(world: World): Story {
  yield* begin(world, { id: 'rfd-2207', at: timeOf('12:06:41'), type: 'RefundFlow', queue: 'refunds' });
  await world.task('refunds', 'rfd-2207', []);
}

async function* nobodyPolls(world: World): Story {
  for (const [number, at] of [
    ['311', '11:41:09'],
    ['312', '11:48:33'],
    ['313', '12:01:27'],
  ] as const)
    yield* begin(world, { id: `exp-${number}`, at: timeOf(at), type: 'ExportFlow', queue: 'report' });
}

async function* unpolledActivity(world: World): Story {
  const id = 'rfd-2211';
  yield* begin(world, { id, at: timeOf('12:02:48'), type: 'RefundFlow', queue: 'refunds' });
  await world.task('refunds', id, [activity('exportPdf', { id: 'pdf', queue: 'documents', timeouts: { startToClose: 60_000 } })]);
}

async function* family(world: World): Story {
  const id = 'ord-8830';
  yield* begin(world, { id, at: timeOf('11:59:40'), input: { orderId: '8830', parcels: 3 } });
  await world.task(
    'orders',
    id,
    [1, 2, 3].map((parcel) => child(`${id}/parcel-${parcel}`, 'ShipParcel', { input: { parcel } })),
  );
  await world.task('orders', `${id}/parcel-1`, [complete({ tracking: 'DE-77120' })], { waits: 60, thinks: 1400 });
  await world.task('orders', id, []);
  await world.task('orders', `${id}/parcel-2`, [
    failRun({
      type: 'CarrierError',
      message: 'No carrier takes parcels above 31.5 kg',
      stack: 'at pick (shipping/carrier.ts:22:9)',
      final: true,
    }),
  ]);
  await world.task('orders', id, [signalOther('ord-8845', 'parcelSplit', { from: id })]);
  await world.task('orders', id, []);
  await world.task('orders', `${id}/parcel-3`, [child(`${id}/parcel-3/label`, 'PrintLabel'), startTimer('pickup', 5_400_000, 'pickup')]);
  await world.task('orders', `${id}/parcel-3`, []);
  await world.task('orders', `${id}/parcel-3/label`, [complete({ pages: 1 })]);
  await world.task('orders', `${id}/parcel-3`, []);
}

async function* pausedOne(world: World): Story {
  const id = 'ord-8781';
  yield* begin(world, { id, at: timeOf('11:52:44') });
  await world.task('orders', id, [startTimer('fraudHold', 2_700_000, 'fraudHold')]);
  yield timeOf('11:58:02');
  await world.asConsole('workflow.pause', { workflowId: id, identity: 'r.osei', reason: 'address check' });
}

/** Its activity is being worked on. */
async function* fresh(world: World, id: string, at: number): Story {
  yield* begin(world, { id, at });
  await world.task('orders', id, [activity('reserveItem', { id: 'reserve', timeouts: { startToClose: 600_000 } })]);
  await world.pass(120);
  await world.activityTask('orders', { workflowId: id, activityId: 'reserve' }, { identity: 'worker-2', build: '7f3c' });
}
