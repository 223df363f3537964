import { expect, it } from 'vitest';
import { parseRunName } from './run-name.ts';

const RUN = '0198a4b1-7c2e-7c2e-8c2e-000000051200';

it.each([
  ['', undefined],
  ['ord-1', { workflowId: 'ord-1', runId: '' }],
  [` ord-1/${RUN} `, { workflowId: 'ord-1', runId: RUN }],
  [`a/b/${RUN}`, { workflowId: 'a/b', runId: RUN }],
  ['a/b', { workflowId: 'a/b', runId: '' }],
])('reads %j', (text, wanted) => expect(parseRunName(text)).toEqual(wanted));
