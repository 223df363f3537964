import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  isCancellation,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type * as activities from './activities';

export interface OrderInput {
  readonly orderId: string;
  readonly customer: string;
  readonly items: readonly { readonly sku: string; readonly quantity: number; readonly priceCents: number }[];
  readonly approvalTimeoutMs?: number;
  readonly shippingFails?: boolean;
}

export interface Receipt {
  readonly orderId: string;
  readonly totalCents: number;
  readonly paymentId: string;
  readonly trackingId: string;
  readonly approvedBy: string;
}

export const approve = defineSignal<[string]>('approve');
export const reject = defineSignal<[string]>('reject');
export const status = defineQuery<{ readonly state: string }>('status');

const quick = proxyActivities<typeof activities>({ startToCloseTimeout: '10s', retry: { initialInterval: '100ms', maximumAttempts: 5 } });
const packing = proxyActivities<typeof activities>({ startToCloseTimeout: '1m', heartbeatTimeout: '10s' });

export async function Order(order: OrderInput): Promise<Receipt> {
  let state = 'received';
  let approval: { readonly by: string; readonly approved: boolean } | undefined;
  const compensations: (() => Promise<void>)[] = [];
  setHandler(approve, (by) => void (approval ??= { by, approved: true }));
  setHandler(reject, (by) => void (approval ??= { by, approved: false }));
  setHandler(status, () => ({ state }));
  const skus = order.items.map(({ sku }) => sku);
  const totalCents = order.items.reduce((sum, item) => sum + item.quantity * item.priceCents, 0);
  try {
    const reservation = await quick.reserveStock(order.orderId, skus);
    compensations.push(() => quick.releaseStock(reservation));
    state = 'paying';
    const paymentId = await quick.chargeCard(order.orderId, totalCents);
    compensations.push(() => quick.refundCard(paymentId));
    state = 'waiting for approval';
    const decided = await condition(() => approval !== undefined, order.approvalTimeoutMs ?? 30_000);
    const decision = approval as { readonly by: string; readonly approved: boolean } | undefined;
    if (decided && decision?.approved === false) {
      state = 'rejected';
      throw ApplicationFailure.create({ message: `turned down by ${decision.by}`, type: 'OrderRejected', nonRetryable: true });
    }
    state = 'shipping';
    const [trackingId] = await Promise.all([quick.bookCarrier(order.orderId), packing.packParcel(skus, order.shippingFails ?? false)]);
    state = 'shipped';
    await quick.sendMail(order.customer, `Order ${order.orderId} is on its way`);
    return { orderId: order.orderId, totalCents, paymentId, trackingId, approvedBy: decision?.by ?? 'nobody (the deadline passed)' };
  } catch (error) {
    if (isCancellation(error)) state = 'cancelled';
    else if (state !== 'rejected') state = 'failed';
    await CancellationScope.nonCancellable(async () => {
      for (const undo of compensations.reverse()) await undo();
      await quick.sendMail(order.customer, `Order ${order.orderId} did not go through`);
    });
    throw error;
  }
}
