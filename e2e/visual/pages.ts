/** Every page of the console: its address, and by what it is known to have come. */
import type { Page } from '@playwright/test';
import { at } from './stage.ts';
import { ORDER } from './world/order-story.ts';

export interface Shown {
  readonly name: string;
  readonly path: string;
  /** Of a run: its workflow id, and `path` is what follows the run's own address. */
  readonly run?: string;
  readonly heading?: string;
  /** Brings the page to the state that is looked at. */
  readonly prepare?: (page: Page) => Promise<void>;
  readonly looks: readonly Look[];
}

export type Look = 'light' | 'dark' | 'compact' | 'phone' | 'phone-dark' | 'forced';

const all: readonly Look[] = ['light', 'dark', 'compact', 'phone', 'phone-dark', 'forced'];
const most: readonly Look[] = ['light', 'dark', 'compact', 'phone'];
const usual: readonly Look[] = ['light', 'dark', 'phone'];
const wide: readonly Look[] = ['light', 'dark'];

export const pages: readonly Shown[] = [
  { name: 'overview', path: at(), heading: 'Overview', looks: all },
  { name: 'list', path: at('/workflows'), heading: 'Workflows', looks: all },
  { name: 'start', path: at('/workflows/new'), heading: 'Start a workflow', prepare: fillStart, looks: most },
  { name: 'errors', path: at('/errors'), heading: 'Errors', looks: all },
  { name: 'queues', path: at('/queues'), heading: 'Task queues', looks: all },
  { name: 'queue', path: at('/queues/orders'), heading: 'orders', looks: most },
  { name: 'queue-unpolled', path: at('/queues/report'), heading: 'report', looks: usual },
  { name: 'workers', path: at('/workers'), heading: 'Workers', looks: most },
  { name: 'worker', path: at('/workers/worker-3-7f3c'), heading: 'worker-3', looks: most },
  { name: 'deployments', path: '/n/fleet/deployments', heading: 'Deployments', looks: usual },
  { name: 'deployment', path: '/n/fleet/deployments/order-workers', heading: 'order-workers', looks: usual },
  { name: 'schedules', path: at('/schedules'), heading: 'Schedules', looks: most },
  { name: 'schedule', path: at('/schedules/hourly-sweep'), heading: 'hourly-sweep', looks: most },
  { name: 'schedule-edit', path: at('/schedules/month-end-report/edit'), heading: 'month-end-report', looks: usual },
  { name: 'schedule-new', path: at('/schedules/new'), heading: 'New schedule', looks: usual },
  { name: 'batches', path: at('/batches'), heading: 'Batches', looks: most },
  { name: 'batch', path: at('/batches/forget-declined-orders'), looks: usual },
  { name: 'batch-new', path: at("/batches/new?q=WorkflowType %3D 'ExportFlow'"), heading: 'New batch', looks: usual },
  { name: 'settings', path: at('/settings'), heading: 'Settings', looks: usual },
  { name: 'audit', path: at('/audit'), heading: 'Audit', looks: usual },
  { name: 'namespaces', path: '/ns', heading: 'Namespaces', looks: usual },
  { name: 'import', path: '/import', looks: usual },
  { name: 'not-found', path: '/no/such/page', heading: 'Not found', looks: usual },
  { name: 'empty-list', path: '/n/empty/workflows', heading: 'Workflows', looks: usual },
  { name: 'empty-overview', path: '/n/empty', heading: 'Overview', looks: usual },
  { name: 'empty-schedules', path: '/n/empty/schedules', heading: 'Schedules', looks: wide },
  { name: 'empty-batches', path: '/n/empty/batches', heading: 'Batches', looks: wide },
  { name: 'empty-errors', path: '/n/empty/errors', heading: 'Errors', looks: wide },
  { name: 'empty-workers', path: '/n/empty/workers', heading: 'Workers', looks: wide },
  { name: 'empty-queues', path: '/n/empty/queues', heading: 'Task queues', looks: wide },
  { name: 'run', run: ORDER, path: '', looks: all },
  { name: 'run-selected', run: ORDER, path: '?sel=5', looks: usual },
  { name: 'run-table', run: ORDER, path: '?as=table&group=type', looks: usual },
  { name: 'run-history', run: ORDER, path: '/history', looks: all },
  { name: 'run-event', run: ORDER, path: '/history?e=127', looks: usual },
  { name: 'run-pending', run: ORDER, path: '/pending', looks: most },
  { name: 'run-state', run: ORDER, path: '/state', looks: most },
  { name: 'run-replay', run: ORDER, path: '/replay', looks: usual },
  { name: 'run-compare', run: ORDER, path: '/compare', looks: usual },
  { name: 'run-family', run: 'ord-8830', path: '/family', looks: usual },
  { name: 'run-io', run: ORDER, path: '/io', looks: usual },
  { name: 'run-interact', run: ORDER, path: '/interact', looks: usual },
  { name: 'run-workers', run: ORDER, path: '/workers', looks: usual },
  { name: 'run-raw', run: ORDER, path: '/raw', looks: usual },
  { name: 'run-failing', run: 'ord-8790', path: '', looks: usual },
  { name: 'run-failed', run: 'ord-8849', path: '/io', looks: wide },
  { name: 'run-timed-out', run: 'rfd-2204', path: '', looks: wide },
  { name: 'run-paused', run: 'ord-8781', path: '', looks: wide },
  { name: 'run-continued', run: 'rpt-daily', path: '/family', looks: wide },
];

async function fillStart(page: Page): Promise<void> {
  await page.getByLabel('Workflow type').fill('OrderFlow');
  await page.getByLabel('Workflow ID', { exact: true }).fill('ord-8809-retry');
  await page.getByLabel('Task queue', { exact: true }).fill('orders');
  await page.locator('.cm-content, textarea').first().fill('{ "orderId": "8809", "amount": 41.9, "currency": "EUR" }');
  // Where the last field ends, the suggestions of the one before are gone.
  await page.getByRole('heading', { level: 1 }).click();
}
