import { randomUUID } from 'node:crypto';
import type { AuditOutcome } from '../model/audit-trail.ts';
import type { ApiContext } from '../procedure.ts';

/** Of each text so much is kept. */
const TEXT_MAX = 1000;
/** What a deed may be done to, by the names that inputs give it. */
const TARGETS = ['id', 'jobId', 'activityId', 'ids', 'queue', 'name', 'query'] as const;
const REASONS = ['reason', 'note'] as const;

/** Writes the entry of a deed; the answer says what became of it. Arguments, payloads and credentials are not part of it. */
export async function recorded(
  { audit, caller }: Pick<ApiContext, 'audit' | 'caller'>,
  action: string,
  input: unknown,
): Promise<(outcome: AuditOutcome, problem: string) => Promise<void>> {
  const id = randomUUID();
  await audit.append({
    id,
    at: Date.now(),
    who: caller.kind === 'person' ? caller.session.principal.subject : caller.kind === 'guest' ? 'a guest' : 'console',
    action,
    namespace: textOf(input, ['namespace']),
    workflowId: textOf(input, ['workflowId']),
    runId: textOf(input, ['runId']),
    target: textOf(input, TARGETS),
    why: textOf(input, REASONS),
    outcome: 'asked',
    problem: '',
  });
  return (outcome, problem) => audit.settle(id, outcome, problem.slice(0, TEXT_MAX));
}

/** The first of the fields that holds a text, or a list of them. */
function textOf(input: unknown, fields: readonly string[]): string {
  if (typeof input !== 'object' || input === null) return '';
  for (const field of fields) {
    const value: unknown = Reflect.get(input, field);
    if (typeof value === 'string' && value !== '') return value.slice(0, TEXT_MAX);
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ').slice(0, TEXT_MAX);
  }
  return '';
}
