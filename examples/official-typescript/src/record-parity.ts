/** Runs `Parity` and prints its history as JSON, for the test that compares what the two SDKs write. */
import { writeFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { NativeConnection, Worker } from '@temporalio/worker';
import { Parity } from './parity-workflows';

const activities = {
  double: async (value: number) => value * 2,
  refuse: async (why: string) => {
    throw ApplicationFailure.create({ message: why, type: 'Refused' });
  },
};

async function main(): Promise<void> {
  const address = process.env['TIDEMARK_ADDRESS'] ?? '127.0.0.1:7233';
  const [connection, native] = [await Connection.connect({ address }), await NativeConnection.connect({ address })];
  const worker = await Worker.create({
    connection: native,
    identity: 'worker@host',
    taskQueue: 'parity',
    workflowsPath: require.resolve('./parity-workflows'),
    activities,
  });
  const client = new Client({ connection, identity: 'client@host' });
  const history = await worker.runUntil(async () => {
    const handle = await client.workflow.start(Parity, { taskQueue: 'parity', workflowId: 'parity', args: [4] });
    await handle.result();
    return { runId: handle.firstExecutionRunId, history: await handle.fetchHistory() };
  });
  const codec = temporal.api.history.v1.History;
  const object = codec.toObject(codec.fromObject(history.history), { enums: String, longs: String, bytes: String });
  writeFileSync(
    process.argv[2] ?? 'out/parity.json',
    `${JSON.stringify({ workflowId: 'parity', runId: history.runId, history: object }, null, 1)}\n`,
  );
  await native.close();
  await connection.close();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
