import { describe, expect, it } from 'vitest';
import { checkDraft } from './check-draft.ts';
import { EMPTY, isFaultIn, setIn } from './draft.ts';
import { placeRefusal } from './refusal.ts';

const GOOD = { ...EMPTY, type: 'Order', workflowId: 'w', queue: 'q' };

describe('checkDraft', () => {
  it('asks for what a start must have', () => {
    expect(Object.keys(checkDraft(EMPTY).errors)).toEqual(['type', 'workflowId', 'queue']);
  });

  it('leaves out the policies nobody touched', () => {
    const checked = checkDraft(GOOD);
    expect(checked.ok && [checked.request.retry, checked.request.priority, checked.request.first]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('reads every group', () => {
    const checked = checkDraft({
      ...GOOD,
      retryInitial: '2s',
      retryBackoff: '1.5',
      retryAttempts: '4',
      retryNever: 'Declined, Fraud',
      taskTimeout: '5s',
      first: 'update',
      firstName: 'add',
      firstInput: '1\n2',
      memo: '{"note": "hi"}',
      attributes: '{"Region": "eu"}',
      priority: '2',
      fairnessWeight: '0.5',
    });
    expect(checked).toMatchObject({
      ok: true,
      request: {
        retry: { initialIntervalMs: 2_000, backoffCoefficient: 1.5, maximumAttempts: 4, nonRetryable: ['Declined', 'Fraud'] },
        taskTimeoutMs: 5_000,
        first: { kind: 'update', name: 'add', input: [1, 2], waitFor: 'completed' },
        memo: { note: 'hi' },
        searchAttributes: { Region: 'eu' },
        priority: { key: 2, fairnessWeight: 0.5 },
      },
    });
  });

  it.each([
    [{ memo: '[1]' }, 'memo', 'Write one object: {"name": value}.'],
    [{ retryBackoff: '0.5' }, 'retryBackoff', 'Write a number from 1 to 1000.'],
    [{ priority: '2.5' }, 'priority', 'Write a whole number from 1 to 5.'],
    [{ taskTimeout: 'soon' }, 'taskTimeout', 'Write a time as 30s, 10m or 2h.'],
    [{ cron: '0 * * * *', startDelay: '5m' }, 'startDelay', 'A run with a cron schedule has no delay.'],
    [{ first: 'signal', firstName: 's' }, 'whenOpen', 'A first signal goes to the open run if there is one: choose another way.'],
    [{ first: 'update' }, 'firstName', 'Which update?'],
    [{ first: 'update', firstName: 'u', cron: '* * * * *' }, 'cron', 'A start with an update takes no cron schedule.'],
  ] as const)('%o is wrong at %s', (change, key, message) => {
    expect(checkDraft({ ...GOOD, ...change })).toEqual({ ok: false, errors: { [key]: message } });
  });

  it('knows the groups that say something, and those with a fault', () => {
    const draft = { ...GOOD, cron: 'x', startDelay: 'y' };
    expect([setIn(draft, 'when'), setIn(draft, 'first'), setIn({ ...draft, first: 'signal' }, 'first')]).toEqual([2, 0, 1]);
    expect([isFaultIn({ cron: 'no' }, 'when'), isFaultIn({ cron: 'no' }, 'times')]).toEqual([true, false]);
  });
});

describe('a refusal', () => {
  it.each([
    ['ALREADY_EXISTS', 'Workflow execution is already running.', 'workflowId'],
    ['INVALID_ARGUMENT', 'Namespace default has no mapping defined for search attribute Regiom', 'attributes'],
    ['INVALID_ARGUMENT', 'invalid cron schedule', 'cron'],
    ['INVALID_ARGUMENT', 'BackoffCoefficient cannot be less than 1 on retry policy.', 'retryBackoff'],
    ['INVALID_ARGUMENT', 'WorkflowId length exceeds limit.', 'workflowId'],
    ['UNAVAILABLE', 'the task queue is away', 'send'],
    ['INTERNAL', 'something else', 'send'],
  ])('%s: %s belongs to %s', (code, message, key) => expect(Object.keys(placeRefusal({ code, message }))).toEqual([key]));
});
