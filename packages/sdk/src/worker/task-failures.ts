import type { temporal } from '@tidemark/protocol/types';
import { defaultPayloadConverter, toPayload } from '../converter/payload.ts';
import type { NondeterminismError } from '../replay/nondeterminism.ts';
import type { ReplayReport } from '../replay/report-types.ts';
import { buildReport } from '../replay/report.ts';
import type { RunReplay } from '../replay/run-replay.ts';
import { withinBytes } from '../replay/within-bytes.ts';
import type { WorkflowCodeHost } from './code-host.ts';

export const SDK = { name: 'tidemark-typescript', version: '0.1.0' } as const;
const REPORT_BYTES_MAX = 64 * 1024;
const LANES_BEFORE = 2;

/** The failure of a task whose code and history part: words for people, and the report for consoles. */
export function nondeterminismFailure(
  replay: RunReplay,
  error: NondeterminismError,
  host: WorkflowCodeHost,
): temporal.api.failure.v1.IFailure {
  const whole: ReplayReport = buildReport({
    replay,
    error,
    bundleHash: host.bundle.hash,
    sdk: SDK,
    frames: (stack) => host.positions.frames(stack),
    lanesBefore: LANES_BEFORE,
  });
  const report = withinBytes(whole, REPORT_BYTES_MAX);
  return {
    message: `[TMPRL1100] ${report.summary}`,
    source: 'TypeScriptSDK',
    applicationFailureInfo: {
      type: 'NondeterminismError',
      nonRetryable: false,
      details: { payloads: [toPayload(defaultPayloadConverter, report)] },
    },
  };
}
