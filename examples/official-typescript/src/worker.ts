import type { WorkerDeploymentVersion } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import * as activities from './activities';

export async function createWorker(address: string, taskQueue: string): Promise<{ worker: Worker; connection: NativeConnection }> {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({ connection, taskQueue, workflowsPath: require.resolve('./workflows'), activities });
  return { worker, connection };
}

/** A build of a worker deployment, whose runs stay with it. */
export function createVersion(connection: NativeConnection, taskQueue: string, version: WorkerDeploymentVersion): Promise<Worker> {
  return Worker.create({
    connection,
    taskQueue,
    workflowsPath: require.resolve('./workflows'),
    activities,
    workerDeploymentOptions: { useWorkerVersioning: true, version, defaultVersioningBehavior: 'PINNED' },
  });
}

async function main(): Promise<void> {
  const { worker, connection } = await createWorker(process.env['TIDEMARK_ADDRESS'] ?? '127.0.0.1:7233', 'orders-official');
  await worker.run();
  await connection.close();
}

if (require.main === module) void main();
