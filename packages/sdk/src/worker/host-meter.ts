import { randomUUID } from 'node:crypto';
import { cpus, freemem, hostname, totalmem } from 'node:os';
import type { temporal } from '@tidemark/protocol/types';

/** Workers of one process have one. */
const PROCESS_KEY = randomUUID();

/** How busy the machine is that a worker runs on. */
export class HostMeter {
  #last = processorTimes();

  /** Shares are fractions of one; that of the processors is since it was told last, or since the meter was made. */
  tell(): temporal.api.worker.v1.IWorkerHostInfo {
    const now = processorTimes();
    const all = now.all - this.#last.all;
    const busy = now.busy - this.#last.busy;
    this.#last = now;
    return {
      hostName: hostname(),
      workerGroupingKey: PROCESS_KEY,
      processId: String(process.pid),
      currentHostCpuUsage: all > 0 ? busy / all : 0,
      currentHostMemUsage: 1 - freemem() / totalmem(),
    };
  }
}

/** Milliseconds of all processors together. */
function processorTimes(): { readonly all: number; readonly busy: number } {
  let [all, idle] = [0, 0];
  for (const { times } of cpus()) {
    all += times.user + times.nice + times.sys + times.idle + times.irq;
    idle += times.idle;
  }
  return { all, busy: all - idle };
}
