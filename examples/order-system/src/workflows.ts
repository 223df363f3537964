import * as workflow from '@tidemark/sdk/workflow';
import { bookCarrier, chargeCard, packParcel, refundCard, releaseStock, reserveStock, sendMail } from './activities.ts';
import type { OrderInput, OrderState, OrderStatus, Receipt } from './order.ts';
import { totalCents } from './order.ts';

const APPROVAL_TIMEOUT_MS = 30_000;
const quick = { startToCloseTimeout: '10s', retry: { initialInterval: '1s', maximumAttempts: 5 } } as const;

@workflow.defn({ name: 'Order' })
export class OrderWorkflow {
  #state: OrderState = 'received';
  #paymentId: string | undefined;
  #trackingId: string | undefined;
  #approval: { readonly by: string; readonly approved: boolean } | undefined;
  /** What must be undone if the order does not go through, newest last. */
  readonly #compensations: (() => Promise<void>)[] = [];

  @workflow.signal({ description: 'Approves the order in the name of somebody.' })
  approve(by: string): void {
    this.#approval ??= { by, approved: true };
  }

  @workflow.signal({ description: 'Turns the order down.' })
  reject(by: string): void {
    this.#approval ??= { by, approved: false };
  }

  @workflow.query({ description: 'How far the order is.' })
  status(): OrderStatus {
    return {
      state: this.#state,
      ...(this.#paymentId === undefined ? {} : { paymentId: this.#paymentId }),
      ...(this.#trackingId === undefined ? {} : { trackingId: this.#trackingId }),
      ...(this.#approval === undefined ? {} : { approvedBy: this.#approval.by }),
    };
  }

  @workflow.run
  async run(order: OrderInput): Promise<Receipt> {
    try {
      return await this.#fulfil(order);
    } catch (error) {
      if (workflow.isCancellation(error)) this.#state = 'cancelled';
      else if (this.#state !== 'rejected') this.#state = 'failed';
      // The clean-up must go on although the order around it is cancelled.
      await workflow.CancellationScope.shield(() => this.#compensate(order));
      throw error;
    }
  }

  async #fulfil(order: OrderInput): Promise<Receipt> {
    const skus = order.items.map(({ sku }) => sku);
    const reservation = await workflow.executeActivity(reserveStock, {
      args: [order.orderId, skus],
      ...quick,
      summary: `reserve ${skus.length} items`,
    });
    this.#compensations.push(() => workflow.executeActivity(releaseStock, reservation, quick));

    this.#state = 'paying';
    const paymentId = await workflow.executeActivity(chargeCard, {
      args: [order.orderId, totalCents(order)],
      ...quick,
      summary: 'charge the card',
    });
    this.#paymentId = paymentId;
    this.#compensations.push(() => workflow.executeActivity(refundCard, paymentId, quick));

    this.#state = 'waiting for approval';
    const approvedBy = await this.#waitForApproval(order.approvalTimeoutMs ?? APPROVAL_TIMEOUT_MS);

    this.#state = 'shipping';
    const [trackingId] = await Promise.all([
      workflow.executeActivity(bookCarrier, order.orderId, quick),
      workflow.executeActivity(packParcel, {
        args: [skus, order.shippingFails ?? false],
        startToCloseTimeout: '1m',
        heartbeatTimeout: '10s',
      }),
    ]);
    this.#trackingId = trackingId;
    this.#state = 'shipped';
    await workflow.executeActivity(sendMail, { args: [order.customer, `Order ${order.orderId} is on its way`], ...quick });
    return { orderId: order.orderId, totalCents: totalCents(order), paymentId, trackingId, approvedBy };
  }

  async #waitForApproval(timeoutMs: number): Promise<string> {
    const decided = await workflow.condition(() => this.#approval !== undefined, timeoutMs, { summary: 'approval deadline' });
    if (!decided || this.#approval === undefined) return 'nobody (the deadline passed)';
    if (this.#approval.approved) return this.#approval.by;
    this.#state = 'rejected';
    throw new workflow.ApplicationFailure(`turned down by ${this.#approval.by}`, { type: 'OrderRejected', nonRetryable: true });
  }

  async #compensate(order: OrderInput): Promise<void> {
    for (const undo of this.#compensations.reverse()) await undo();
    await workflow.executeActivity(sendMail, { args: [order.customer, `Order ${order.orderId} did not go through`], ...quick });
  }
}
