/** The order system's activities, as in `examples/order-system`. */
import { activityInfo, heartbeat, sleep } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';

export async function reserveStock(orderId: string, _skus: readonly string[]): Promise<string> {
  await sleep(100);
  return `reservation-${orderId}`;
}

export async function releaseStock(_reservationId: string): Promise<void> {
  await sleep(100);
}

export async function chargeCard(orderId: string, cents: number): Promise<string> {
  await sleep(200);
  if (cents <= 0) throw ApplicationFailure.nonRetryable('an order must cost something', 'EmptyOrder');
  return `payment-${orderId}`;
}

export async function refundCard(_paymentId: string): Promise<void> {
  await sleep(100);
}

/** Fails twice, then works. */
export async function bookCarrier(orderId: string): Promise<string> {
  const { attempt } = activityInfo();
  if (attempt <= 2)
    throw ApplicationFailure.create({ message: `the carrier does not answer (attempt ${attempt})`, type: 'CarrierUnavailable' });
  return `tracking-${orderId}`;
}

export async function packParcel(skus: readonly string[], fails: boolean): Promise<number> {
  for (const [index, sku] of skus.entries()) {
    await sleep(100);
    if (fails) throw ApplicationFailure.nonRetryable(`${sku} is broken`, 'ItemBroken');
    heartbeat(index + 1);
  }
  return skus.length;
}

export async function sendMail(_to: string, _subject: string): Promise<void> {
  await sleep(50);
}
