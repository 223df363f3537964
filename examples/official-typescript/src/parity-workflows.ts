import { ActivityFailure, condition, patched, proxyActivities, sleep } from '@temporalio/workflow';

interface Activities {
  double(value: number): Promise<number>;
  refuse(why: string): Promise<void>;
}

const { double, refuse } = proxyActivities<Activities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumAttempts: 3, nonRetryableErrorTypes: ['Refused'] },
});

/** The same program as `packages/sdk/test/fixtures/parity.ts`: what both write into history must be the same. */
export async function Parity(value: number): Promise<string> {
  const doubled = await double(value);
  await sleep('20ms');
  const held = await condition(() => false, '30ms');
  const again = patched('again') ? await double(doubled) : doubled;
  try {
    await refuse('because');
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return `${again} ${held} ${error.cause?.message}`;
  }
  return 'not refused';
}
