import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { describe, expect, it } from 'vitest';
import { encodePayload } from '../json/payload.ts';
import { MASK } from '../model/secrets.ts';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';
import { filterInput, toListFilter } from './list-filter.ts';

const filter = (part: object) => filterInput.parse(part);

describe('toListFilter', () => {
  it('is empty without filters', () => expect(toListFilter(filter({}))).toBe(''));
  it('joins what is set and quotes what people type', () => {
    expect(toListFilter(filter({ status: ['Running', 'Failed'], type: "O'Flow", id: 'ord-' }))).toBe(
      "ExecutionStatus IN ('Running', 'Failed') AND WorkflowType = 'O''Flow' AND WorkflowId STARTS_WITH 'ord-'",
    );
  });
  it('asks for a whole run id too', () => {
    const id = '01a1fca3-fb34-70ac-b647-b2fd1f85c2bb';
    expect(toListFilter(filter({ id }))).toBe(`(WorkflowId STARTS_WITH '${id}' OR RunId = '${id}')`);
  });
  it('keeps a query of one’s own in brackets', () =>
    expect(toListFilter(filter({ type: 'T', query: 'A = 1 OR B = 2' }))).toBe("WorkflowType = 'T' AND (A = 1 OR B = 2)"));
});

const row = (workflowId: string) => ({ execution: { workflowId, runId: `run-${workflowId}` }, type: { name: 'T' }, status: 1 });

describe('workflow.list', () => {
  it('looks through the newest runs for a fragment from the middle, and says how many', async () => {
    const asked: string[] = [];
    const service = fakeWorkflowService({
      listWorkflowExecutions: (request) => {
        asked.push(request.query ?? '');
        return Promise.resolve({ executions: request.query ? [] : [row('ord-8812'), row('rfd-1')], nextPageToken: new Uint8Array() });
      },
    });
    const page = await callerOf(service).workflow.list({ namespace: 'default', filter: { id: '881' } });
    expect(page.rows.map((one) => one.workflowId)).toEqual(['ord-8812']);
    expect(page).toMatchObject({ scanned: 2, beyondQuery: 1 });
    expect(asked).toEqual(["WorkflowId STARTS_WITH '881'", '']);
  });

  it('carries the fields that were asked for, and no others', async () => {
    const fields = { Region: encodePayload('eu'), toString: encodePayload('own'), Other: encodePayload(1) };
    const service = fakeWorkflowService({
      listWorkflowExecutions: () =>
        Promise.resolve({
          executions: [{ ...row('a'), searchAttributes: { indexedFields: fields }, memo: { fields: { note: encodePayload('hello') } } }],
          nextPageToken: new Uint8Array(),
        }),
    });
    const wanted = ['attr:Region', 'memo:note', 'memo:toString', 'attr:None'];
    const page = await callerOf(service).workflow.list({ namespace: 'default', filter: { type: 'T' }, fields: wanted });
    expect(page.rows[0]?.fields).toEqual({ 'attr:Region': 'eu', 'memo:note': 'hello' });
    expect(page.query).toBe("WorkflowType = 'T'");
  });

  it('finds what stands inside a field, by a path', async () => {
    const note = encodePayload({ by: { name: 'Ann' }, tags: ['x', 'y'] });
    const service = fakeWorkflowService({
      listWorkflowExecutions: () =>
        Promise.resolve({ executions: [{ ...row('a'), memo: { fields: { note, 'note.by': encodePayload('whole') } } }] }),
    });
    const fields = ['memo:note.by.name', 'memo:note.by', 'memo:note.tags[1]', 'memo:note.none', 'memo:none.by'];
    const page = await callerOf(service).workflow.list({ namespace: 'default', fields });
    expect(page.rows[0]?.fields).toEqual({ 'memo:note.by.name': 'Ann', 'memo:note.by': 'whole', 'memo:note.tags[1]': 'y' });
  });

  it('shows nothing that keys call a secret, on the way to it or in it', async () => {
    const card = encodePayload({ number: 5, pin: { token: 'x' } });
    const service = fakeWorkflowService({
      listWorkflowExecutions: () => Promise.resolve({ executions: [{ ...row('a'), memo: { fields: { card, password: card } } }] }),
    });
    const fields = ['memo:card', 'memo:card.pin.token', 'memo:card.number', 'memo:password', 'memo:password.number'];
    const page = await callerOf(service).workflow.list({ namespace: 'default', fields });
    expect(page.rows[0]?.fields).toEqual({
      'memo:card': { number: 5, pin: { token: MASK } },
      'memo:card.pin.token': MASK,
      'memo:card.number': 5,
      'memo:password': MASK,
      'memo:password.number': MASK,
    });
  });

  it('hands the server’s page token through as a cursor', async () => {
    const tokens: string[] = [];
    const service = fakeWorkflowService({
      listWorkflowExecutions: (request) => {
        tokens.push(Buffer.from(request.nextPageToken ?? []).toString());
        return Promise.resolve({ executions: [row('a')], nextPageToken: tokens.length === 1 ? Buffer.from('next') : new Uint8Array() });
      },
    });
    const caller = callerOf(service);
    const first = await caller.workflow.list({ namespace: 'default' });
    const second = await caller.workflow.list({ namespace: 'default', cursor: first.cursor });
    expect(tokens).toEqual(['', 'next']);
    expect(second.cursor).toBeNull();
  });

  it('keeps the protocol’s code and words', async () => {
    const service = fakeWorkflowService({
      listWorkflowExecutions: () => Promise.reject(new RpcError(StatusCode.NOT_FOUND, 'Namespace nope is not found.')),
    });
    await expect(callerOf(service).workflow.list({ namespace: 'nope' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'Namespace nope is not found.',
    });
  });
});
