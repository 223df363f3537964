/** What Prometheus may ask. Labels are names of methods and codes, never of runs: those are without number. */
import { statusName } from '@tidemark/protocol/errors';
import type { StatusCode } from '@tidemark/protocol/errors';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  onCall(method: string, code: StatusCode, startedAt: number): void;
  onCommit(size: number): void;
  text(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(openRuns: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'tidemark_' });
  const calls = new Counter({
    name: 'tidemark_rpc_total',
    help: 'Calls answered, by method and status.',
    labelNames: ['method', 'code'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'tidemark_rpc_seconds',
    help: 'How long calls took, by method. Polls wait on purpose.',
    labelNames: ['method'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30, 60],
    registers: [registry],
  });
  const commits = new Histogram({
    name: 'tidemark_commit_transitions',
    help: 'Transitions that shared one durable commit.',
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500],
    registers: [registry],
  });
  const open: Gauge = new Gauge({
    name: 'tidemark_armed_runs',
    help: 'Runs that wait for a moment in time.',
    registers: [registry],
    collect: () => {
      open.set(openRuns());
    },
  });
  return {
    onCall: (method, code, startedAt) => {
      calls.inc({ method, code: statusName(code) });
      seconds.observe({ method }, (performance.now() - startedAt) / 1000);
    },
    onCommit: (size) => commits.observe(size),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
