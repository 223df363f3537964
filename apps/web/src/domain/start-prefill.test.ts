import { expect, it } from 'vitest';
import { prefillOf } from './start-prefill.ts';

const json = (text: string) => ({ metadata: { encoding: btoa('json/plain') }, data: btoa(text) });
const sealed = { metadata: { encoding: btoa('binary/encrypted') }, data: btoa('x') };

it('takes over all that the start of a run said', () => {
  const body = {
    userMetadata: { summary: json('"one"'), details: json('"**two**"') },
    workflowExecutionStartedEventAttributes: {
      input: { payloads: [json('{"id":9007199254740993}')] },
      workflowRunTimeout: '90s',
      workflowTaskTimeout: '20s',
      retryPolicy: { initialInterval: '1.5s', backoffCoefficient: 2, maximumAttempts: 4, nonRetryableErrorTypes: ['A', 'B'] },
      priority: { priorityKey: 2, fairnessKey: 'eu' },
      memo: { fields: { note: json('"hi"') } },
      searchAttributes: { indexedFields: { Region: json('"eu"') } },
      header: { fields: { trace: sealed } },
      firstWorkflowTaskBackoff: '300s',
    },
  };
  expect(prefillOf(body)).toEqual({
    fields: {
      input: '{\n  "id": 9007199254740993\n}',
      runTimeout: '1m 30s',
      taskTimeout: '20s',
      startDelay: '5m',
      retryInitial: '1s 500ms',
      retryBackoff: '2',
      retryAttempts: '4',
      retryNever: 'A, B',
      priority: '2',
      fairnessKey: 'eu',
      memo: '{\n  "note": "hi"\n}',
      attributes: '{\n  "Region": "eu"\n}',
      summary: 'one',
      details: '**two**',
    },
    leftOut: ['trace'],
  });
});

it('takes no argument over when one of them cannot be read', () => {
  const body = { workflowExecutionStartedEventAttributes: { input: { payloads: [json('1'), sealed] } } };
  expect(prefillOf(body)).toEqual({ fields: {}, leftOut: ['the arguments (2 is binary/encrypted)'] });
});
