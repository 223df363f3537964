/** What an order does to the world. Each stands in for a call to a service and takes about as long. */
import * as activity from '@tidemark/sdk/activity';
import { ApplicationFailure } from '@tidemark/sdk/activity';

/** The service of the carrier is down for the first two calls of every order. */
const CARRIER_FAILURES = 2;

export const reserveStock = activity.defn(async function reserveStock(orderId: string, skus: readonly string[]): Promise<string> {
  await activity.sleep(300);
  activity.logger.info('stock reserved', { orderId, skus });
  return `reservation-${orderId}`;
});

export const releaseStock = activity.defn(async function releaseStock(reservationId: string): Promise<void> {
  await activity.sleep(300);
  activity.logger.info('stock released', { reservationId });
});

export const chargeCard = activity.defn(async function chargeCard(orderId: string, cents: number): Promise<string> {
  await activity.sleep(800);
  if (cents <= 0) throw ApplicationFailure.nonRetryable('an order must cost something', 'EmptyOrder');
  return `payment-${orderId}`;
});

export const refundCard = activity.defn(async function refundCard(paymentId: string): Promise<void> {
  await activity.sleep(500);
  activity.logger.info('payment refunded', { paymentId });
});

/** Fails twice, then works: the retry policy makes the workflow see only the success. */
export const bookCarrier = activity.defn(async function bookCarrier(orderId: string): Promise<string> {
  await activity.sleep(400);
  const { attempt } = activity.info();
  if (attempt <= CARRIER_FAILURES)
    throw new ApplicationFailure(`the carrier does not answer (attempt ${attempt})`, { type: 'CarrierUnavailable' });
  return `tracking-${orderId}`;
});

/** Packs item by item and says how far it is; a later attempt goes on where this one stopped. */
export const packParcel = activity.defn(async function packParcel(skus: readonly string[], fails: boolean): Promise<number> {
  const [packed] = activity.info().heartbeatDetails as [number?];
  for (let count = packed ?? 0; count < skus.length; count += 1) {
    await activity.sleep(500);
    if (fails) throw ApplicationFailure.nonRetryable(`${skus[count] ?? 'an item'} is broken`, 'ItemBroken');
    activity.heartbeat(count + 1);
  }
  return skus.length;
});

export const sendMail = activity.defn(async function sendMail(to: string, subject: string): Promise<void> {
  await activity.sleep(300);
  activity.logger.info('mail sent', { to, subject });
});
