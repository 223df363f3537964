/** Whatever bytes a caller sends, each call gets a status that means something, and the engine stays as it is. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { connect } from '@tidemark/protocol/client';
import { StatusCode } from '@tidemark/protocol/errors';
import type { MethodDescriptor } from '@tidemark/protocol/services';
import { operatorService, workflowService } from '@tidemark/protocol/services';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EngineProcess } from '../support/engine-process.ts';
import { freePort, startEngineProcess } from '../support/engine-process.ts';
import { SeededRandom } from '../support/random.ts';
import { mutate, randomMessage } from '../support/random-message.ts';

const REQUESTS = 10_000;
const WARM_UP = 2000;
const IN_FLIGHT = 32;
const SEED = 20_260_101;
/**
 * Polls would wait for work; a caller that goes away is part of the trial. What answers by itself gets the time a busy machine needs:
 * a call that is cut off resets its stream, and HTTP/2 ends a connection that resets a thousand of them in a row.
 */
const WAITS = /^poll|^queryWorkflow$|^updateWorkflowExecution$|^executeMultiOperation$|^getWorkflowExecutionHistory/;
const DEADLINE_MS = { waits: 100, answers: 20_000 };
/** What the heap may gain between the warm-up and the end: the runs and schedules that good requests among them made. */
const GROWTH_BYTES_MAX = 96 * 1024 * 1024;

let directory: string;
let engine: EngineProcess;
let client: Client;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidemark-mutated-'));
  engine = await startEngineProcess({ file: join(directory, 'mutated.db'), port: await freePort(), httpPort: await freePort() });
  client = new Client(engine.address, credentials.createInsecure());
});
afterAll(async () => {
  client.close();
  await engine.stop();
  await rm(directory, { recursive: true });
});

const identity = (bytes: Buffer): Buffer => bytes;

interface Outcome {
  readonly method: string;
  readonly code: number;
  readonly message: string;
}

function call(method: MethodDescriptor, bytes: Uint8Array): Promise<Outcome> {
  const deadline = Date.now() + (WAITS.test(method.name) ? DEADLINE_MS.waits : DEADLINE_MS.answers);
  return new Promise((resolve) => {
    client.makeUnaryRequest(method.path, identity, identity, Buffer.from(bytes), { deadline }, (error) => {
      resolve({ method: method.name, code: error?.code ?? StatusCode.OK, message: error?.details ?? '' });
    });
  });
}

async function residentBytes(): Promise<number> {
  const metrics = await (await fetch(`${engine.httpUrl}/metrics`)).text();
  return Number(/^tidemark_process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]);
}

/** The namespace of everything must outlive the trial. */
const endsNamespaces = new Set(['deleteNamespace', 'deprecateNamespace', 'updateNamespace']);

it('answers 10,000 mutated requests over all methods without failing inside', async () => {
  const random = new SeededRandom(SEED);
  const connection = connect({ address: engine.address });
  const start = { namespace: 'default', workflowType: { name: 'Order' }, taskQueue: { name: 'orders' } };
  const { runId } = await connection.workflow.startWorkflowExecution({ ...start, workflowId: 'run', requestId: 'run' });
  const kept = await connection.workflow.startWorkflowExecution({ ...start, workflowId: 'kept', requestId: 'kept' });
  const { taskToken } = await connection.workflow.pollWorkflowTaskQueue(
    { namespace: 'default', taskQueue: { name: 'orders' } },
    { deadline: Date.now() + 10_000 },
  );
  const known = {
    workflowId: ['run', 'run', 'run', 'nobody'],
    scheduleId: ['nightly', 'nightly', 'nobody'],
    runId: [runId, '', '', 'no-uuid'],
    name: ['orders', 'orders', 'Order', ''],
    activityId: ['1', 'a'],
    deploymentName: ['fleet', 'fleet', ''],
    buildId: ['v1', 'v2', ''],
    workerVersioningMode: [2, 1],
    requestId: ['r', ''],
    taskToken: [taskToken, taskToken, new Uint8Array([1, 2])],
    query: ['', "WorkflowId = 'run'", 'CloseTime > ', "RunId IN ('a', 'b') ORDER BY StartTime"],
    seconds: [0, 1, 3600, -1, 2 ** 31 - 1],
    nanos: [0, 999_999_999, -1, 1_000_000_000],
    cronSchedule: ['', '', '* * * * *', '@every 1s'],
    nextPageToken: [new Uint8Array(), new Uint8Array([1, 2])],
  };
  const methods = [...workflowService.methods, ...operatorService.methods];
  const outcomes: Outcome[] = [];
  let sent = 0;
  const send = async (): Promise<void> => {
    const method = methods[sent++ % methods.length] ?? random.pick(methods);
    const namespaces = endsNamespaces.has(method.name) ? ['other', ''] : ['default', 'default', 'default', 'other', ''];
    const bytes = randomMessage(method.request, { random, known: { ...known, namespace: namespaces } });
    // Most changed bytes do not decode at all; values that are wrong in themselves get further.
    outcomes.push(await call(method, random.chance(0.5) ? mutate(bytes, random) : bytes));
  };
  const sendUntil = async (count: number): Promise<void> => {
    const lane = async (): Promise<void> => {
      while (outcomes.length < count) await send();
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  };
  await sendUntil(WARM_UP);
  expect(engine.errors()).toBe('');
  const before = await residentBytes();
  await sendUntil(REQUESTS);
  expect(engine.errors()).toBe('');
  const grown = (await residentBytes()) - before;
  const inside = outcomes.filter(
    ({ code }) => code === StatusCode.INTERNAL || code === StatusCode.UNKNOWN || code === StatusCode.UNAVAILABLE,
  );
  expect(inside).toEqual([]);
  expect(outcomes.filter(({ message }) => /\bat .+:\d+:\d+/.test(message))).toEqual([]);
  expect(new Set(outcomes.map(({ method }) => method)).size).toBe(methods.length);
  expect(grown).toBeLessThan(GROWTH_BYTES_MAX);
  const { workflowExecutionInfo } = await connection.workflow.describeWorkflowExecution({
    namespace: 'default',
    execution: { workflowId: 'kept' },
  });
  expect(workflowExecutionInfo?.execution?.runId).toBe(kept.runId);
  connection.close();
});
