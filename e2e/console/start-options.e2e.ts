/** Every option of a start arrives on the run; templates; a start with an update; and the run that is then talked to. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { fromDuration } from '@tidemark/protocol/time';
import type { Connection } from '@tidemark/protocol/client';
import type { temporal } from '@tidemark/protocol/types';
import type { Page } from '@playwright/test';
import { withInvoiceWorker } from '../fixtures/sdk-worker.ts';
import { expect, NAMESPACE, test } from './fixtures.ts';
import { violations } from './violations.ts';

const START = `/n/${NAMESPACE}/workflows/new`;
const open = (page: Page, title: string) => page.locator('summary', { hasText: new RegExp(`^${title}`) }).click();
const json = async (page: Page, label: string, value: object) => {
  await page.getByLabel(label, { exact: true }).click();
  await page.keyboard.insertText(JSON.stringify(value));
};
const decode = (one: temporal.api.common.v1.IPayload | null | undefined): unknown =>
  JSON.parse(new TextDecoder().decode(one?.data ?? new Uint8Array()));

/** Every field but the two that are to be refused first. */
async function fillAll(page: Page, workflowId: string): Promise<void> {
  await page.getByLabel('Workflow type').fill('Order');
  await page.getByLabel('Workflow ID').fill(workflowId);
  await page.getByLabel('Task queue').fill(`nobody-${workflowId}`);
  await page.getByRole('group', { name: 'If a closed run has the id' }).getByRole('button', { name: 'Refuse' }).click();
  await page.getByLabel('Request ID').fill(`request-${workflowId}`);
  await open(page, 'When');
  await page.getByLabel('Start delay').fill('10m');
  await open(page, 'Timeouts and retry');
  await page.getByLabel('Execution timeout').fill('2h');
  await page.getByLabel('Run timeout').fill('1h');
  await page.getByLabel('Task timeout').fill('20s');
  await page.getByLabel('Attempts', { exact: true }).fill('3');
  await page.getByLabel('First interval').fill('2s');
  await page.getByLabel('Coefficient').fill('0.5');
  await page.getByLabel('Longest interval').fill('1m');
  await page.getByLabel('Not retried').fill('Declined, Fraud');
  await open(page, 'Memo, attributes, headers');
  await json(page, 'Memo', { note: 'hello' });
  await json(page, 'Search attributes', { NoSuchAttribute: 'x' });
  await json(page, 'Headers', { trace: 'abc' });
  await open(page, 'Priority');
  await page.getByLabel('Priority', { exact: true }).fill('2');
  await page.getByLabel('Fairness key').fill('eu');
  await page.getByLabel('Fairness weight').fill('2.5');
  await open(page, 'Summary and details');
  await page.getByLabel('Summary', { exact: true }).fill('All of it');
  await page.getByLabel('Details', { exact: true }).fill('**Every** option');
}

/** What arrived on the run, as its first event has it. */
async function readStart(connection: Connection, workflowId: string) {
  const { history } = await connection.workflow.getWorkflowExecutionHistory({ namespace: NAMESPACE, execution: { workflowId } });
  const first = history?.events?.[0];
  const started = first?.workflowExecutionStartedEventAttributes;
  if (!first || !started) throw new Error('the run has no first event');
  const { retryPolicy, priority, memo, searchAttributes, header } = started;
  const { userMetadata } = first;
  return {
    execution: fromDuration(started.workflowExecutionTimeout),
    run: fromDuration(started.workflowRunTimeout),
    task: fromDuration(started.workflowTaskTimeout),
    delay: fromDuration(started.firstWorkflowTaskBackoff),
    attempts: retryPolicy?.maximumAttempts,
    initial: fromDuration(retryPolicy?.initialInterval),
    coefficient: retryPolicy?.backoffCoefficient,
    longest: fromDuration(retryPolicy?.maximumInterval),
    never: retryPolicy?.nonRetryableErrorTypes,
    priority: [priority?.priorityKey, priority?.fairnessKey, priority?.fairnessWeight],
    memo: decode(memo?.fields?.['note']),
    attribute: decode(searchAttributes?.indexedFields?.[ATTRIBUTE]),
    header: decode(header?.fields?.['trace']),
    summary: decode(userMetadata?.summary),
    details: decode(userMetadata?.details),
  };
}

const ATTRIBUTE = 'E2eStartRegion';
const ARRIVED = {
  execution: 7_200_000,
  run: 3_600_000,
  task: 20_000,
  delay: 600_000,
  attempts: 3,
  initial: 2_000,
  coefficient: 1.5,
  longest: 60_000,
  never: ['Declined', 'Fraud'],
  priority: [2, 'eu', 2.5],
  memo: 'hello',
  attribute: 'eu-1',
  header: 'abc',
  summary: 'All of it',
  details: '**Every** option',
};

test('starts a run with every option, says what is wrong beside its field, and keeps a template', async ({ page, connection }) => {
  const workflowId = `options-${randomUUID().slice(0, 8)}`;
  const searchAttributes = { [ATTRIBUTE]: api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD };
  await connection.operator.addSearchAttributes({ namespace: NAMESPACE, searchAttributes });
  try {
    await page.goto(START);
    await fillAll(page, workflowId);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: /^Templates/ }).click();
    await page.getByRole('menuitem', { name: 'Save as template…' }).click();
    await page.getByLabel('Name', { exact: true }).fill('everything');
    await page.getByRole('button', { name: 'Save template' }).click();

    // First what the form sees, then what the server says.
    await page.getByRole('button', { name: /^Start workflow/ }).click();
    await expect(page.getByText('Write a number from 1 to 1000.')).toBeVisible();
    await page.getByLabel('Coefficient').fill('1.5');
    await page.getByRole('button', { name: /^Start workflow/ }).click();
    await expect(page.locator('.err').filter({ hasText: 'Search attributes' })).toContainText('NoSuchAttribute');
    await page.getByLabel('Search attributes', { exact: true }).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(JSON.stringify({ [ATTRIBUTE]: 'eu-1' }));
    await page.getByRole('button', { name: /^Start workflow/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: workflowId })).toBeVisible();
    expect(await readStart(connection, workflowId)).toEqual(ARRIVED);
    await fillsFromTemplate(page);
    await fillsFromRun(page, { connection, workflowId });
  } finally {
    await connection.operator.removeSearchAttributes({ namespace: NAMESPACE, searchAttributes: [ATTRIBUTE] });
  }
});

/** All but the ids and the headers. */
async function fillsFromTemplate(page: Page): Promise<void> {
  await page.goto(START);
  await page.getByRole('button', { name: /^Templates/ }).click();
  await page.getByRole('menuitem', { name: /^everything/ }).click();
  await expect(page.getByLabel('Run timeout')).toHaveValue('1h');
  await expect(page.getByLabel('Workflow ID')).toHaveValue('');
  await expect(page.getByLabel('Headers', { exact: true })).not.toContainText('abc');
  await page.getByRole('button', { name: /^Templates/ }).click();
  await page.getByRole('menuitem', { name: 'Delete templates…' }).click();
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByText('None is left.')).toBeVisible();
}

/** "Start like this one" takes over all that the run said. */
async function fillsFromRun(page: Page, { connection, workflowId }: { connection: Connection; workflowId: string }): Promise<void> {
  const execution = { workflowId };
  const { workflowExecutionInfo } = await connection.workflow.describeWorkflowExecution({ namespace: NAMESPACE, execution });
  await page.goto(`${START}?from=${encodeURIComponent(`${workflowId}/${workflowExecutionInfo?.execution?.runId}`)}`);
  await expect(page.getByLabel('Not retried')).toHaveValue('Declined, Fraud');
  await expect(page.getByLabel('Start delay')).toHaveValue('10m');
  await expect(page.getByLabel('Headers', { exact: true })).toContainText('"trace": "abc"');
  await connection.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: execution, identity: 'e2e' });
}

test('starts with an update, and talks to the run', async ({ page, connection }) => {
  const workflowId = `desk-${randomUUID().slice(0, 8)}`;
  await withInvoiceWorker('desk', workflowId, async () => {
    await page.goto(START);
    await page.getByLabel('Workflow type').fill('Desk');
    await page.getByLabel('Workflow ID').fill(workflowId);
    await page.getByLabel('Task queue').fill(workflowId);
    await page.getByLabel('Input, JSON').click();
    await page.keyboard.insertText('"first"');
    await open(page, 'First message');
    await page.getByRole('group', { name: 'First message' }).getByRole('button', { name: 'Update' }).click();
    await page.getByLabel('Update name').fill('note');
    await page.getByLabel('Its arguments, JSON').click();
    await page.keyboard.insertText('"second"');
    await expect(page.getByLabel('Command', { exact: true })).toContainText('temporal workflow execute-update-with-start');
    await page.getByRole('button', { name: /^Start workflow/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: workflowId })).toBeVisible({ timeout: 30_000 });
    const { history } = await connection.workflow.getWorkflowExecutionHistory({ namespace: NAMESPACE, execution: { workflowId } });
    const types = history?.events?.map(({ eventType }) => eventType) ?? [];
    expect(types).toContain(api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED);

    // What the workflow says of itself, as Markdown.
    const details = page.getByRole('region', { name: 'Current details', exact: true });
    await expect(details.getByRole('link', { name: 'the manual' })).toHaveAttribute('href', 'https://desk.example.com/');

    await page.getByRole('link', { name: 'Interact' }).click();
    await page.getByRole('button', { name: 'Ask all without arguments' }).click();
    await expect(page.getByLabel('Answer of notes', { exact: true })).toContainText('"second"');
    await expect(page.getByLabel('Answer of count', { exact: true })).toHaveText('2');
    await page.getByRole('button', { name: /^note Adds a note/ }).click();
    await page.getByLabel('Arguments, JSON').click();
    await page.keyboard.insertText('"third"');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByLabel('Answer of note', { exact: true })).toHaveText('3');

    // A call is sent again from the form, which it fills; the list outlasts the tab.
    await page.getByRole('link', { name: /^History/ }).click();
    await page.getByRole('link', { name: 'Interact' }).click();
    await page.getByRole('button', { name: 'Again: note' }).click();
    await expect(page.getByLabel('Arguments, JSON')).toHaveText('"third"');
    await page.getByRole('button', { name: /^Send update/ }).click();
    await expect(page.getByLabel('Answer of note', { exact: true }).first()).toHaveText('4');
    await page.getByRole('button', { name: /^close Ends the desk/ }).click();
    await page.getByRole('button', { name: /^Send signal/ }).click();
    await expect(page.getByText(/^Completed in/)).toBeVisible();
  });
});
