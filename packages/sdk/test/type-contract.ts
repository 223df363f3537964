/** What must and must not compile. Checked by `npm run types`; never run. */
import * as activity from '@tidemark/sdk/activity';
import type { Client } from '@tidemark/sdk/client';
import * as workflow from '@tidemark/sdk/workflow';

const charge = activity.defn(async function charge(_orderId: string): Promise<number> {
  return 1;
});
const scan = activity.defn(async function scan(account: string, region: string): Promise<number> {
  return account.length + region.length;
});

export class Stock {
  @activity.defn async reserve(_orderId: string, _quantity: number): Promise<boolean> {
    return true;
  }
}

@workflow.defn
export class Order {
  @workflow.signal note(_text: string): void {}
  @workflow.query state(): string {
    return '';
  }
  @workflow.update async setAddress(_address: string): Promise<number> {
    return 1;
  }
  @workflow.validator('setAddress') checkAddress(_address: string): void {}
  @workflow.run async run(orderId: string): Promise<number> {
    const stock = workflow.proxyActivities<Stock>({ startToCloseTimeout: '1m' });
    const reserved: boolean = await stock.reserve(orderId, 2);
    const scanned: number = await workflow.executeActivity(scan, { args: ['a', 'b'], startToCloseTimeout: '5m' });
    return reserved ? scanned : workflow.executeActivity(charge, orderId, { scheduleToCloseTimeout: '1m' });
  }
}

export async function mustNotCompile(client: Client): Promise<void> {
  // @ts-expect-error a timeout is required
  await workflow.executeActivity(charge, 'x', {});
  // @ts-expect-error wrong activity argument
  await workflow.executeActivity(charge, 5, { startToCloseTimeout: '1s' });
  // @ts-expect-error wrong workflow argument
  await client.executeWorkflow(Order, 5, { taskQueue: 'q' });
  // @ts-expect-error not a duration
  await workflow.sleep('1 lightyear');
  const handle = client.getWorkflowHandleFor(Order, 'x');
  const state: string = await handle.query('state');
  // @ts-expect-error unknown handler
  await handle.signal('nope');
  // @ts-expect-error wrong signal argument
  await handle.signal('note', 1);
  // @ts-expect-error child argument type
  await workflow.executeChild(Order, 1);
  void state;
}

export class AsyncQuery {
  // @ts-expect-error a query must be synchronous
  @workflow.query async ask(): Promise<string> {
    return '';
  }
}
export class SyncRun {
  // @ts-expect-error run must be async
  @workflow.run run(): string {
    return '';
  }
}
export class BadValidators {
  @workflow.update async setIt(_value: string): Promise<void> {}
  // @ts-expect-error parameters differ from the update's
  @workflow.validator('setIt') checkIt(_value: number): void {}
  // @ts-expect-error no such update
  @workflow.validator('nope') checkNothing(_value: string): void {}
}
// @ts-expect-error the constructor must take run's parameters
@workflow.defn({ init: true })
export class BadInit {
  constructor(readonly value: number) {}
  @workflow.run async run(_value: string): Promise<void> {}
}
