/** No Nexus operations exist here, so there is never a task; workers that ask anyway wait like at any empty queue, and may report themselves. */
import type { WorkflowMethods } from '@tidemark/protocol/services';
import type { Engine, NamespaceCall } from './engine.ts';
import { pollerOf } from './poller.ts';

export async function pollNexusTask(
  engine: Engine,
  request: WorkflowMethods['pollNexusTaskQueue']['request'],
  call: NamespaceCall,
): Promise<object> {
  for (const heartbeat of request.workerHeartbeat ?? []) engine.workers.record(call.namespace.id, heartbeat);
  const poller = pollerOf(engine, { identity: request.identity ?? '' }, call);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(leave, Math.max(0, poller.deadline - engine.clock.now()));
    call.signal.addEventListener('abort', leave, { once: true });
    function leave(): void {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', leave);
      resolve();
    }
  });
  return {};
}
