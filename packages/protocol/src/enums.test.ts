import { expect, it } from 'vitest';
import { api } from './api.ts';
import { EventType, WorkflowExecutionStatus } from './enums.ts';

const { v1 } = api.enums;

it('has every event type and every status under the numbers of the protocol', () => {
  expect({ ...EventType }).toEqual({ ...v1.EventType });
  expect({ ...WorkflowExecutionStatus }).toEqual({ ...v1.WorkflowExecutionStatus });
});
