import { api } from '@tidemark/protocol/api';
import { describe, expect, it } from 'vitest';
import { toEventRow } from './event-row.ts';

const payload = (value: unknown) => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(JSON.stringify(value)),
});
const marker = (markerName: string, details: Readonly<Record<string, unknown>>) =>
  toEventRow(
    api.history.v1.HistoryEvent.create({
      eventType: api.enums.v1.EventType.EVENT_TYPE_MARKER_RECORDED,
      markerRecordedEventAttributes: {
        markerName,
        details: Object.fromEntries(Object.entries(details).map(([name, value]) => [name, { payloads: [payload(value)] }])),
      },
    }),
  );

describe('a marker as a row', () => {
  it('is named by the patch that it stands for', () => {
    const row = marker('core_patch', { 'patch-data': { id: 'add-fraud-check', deprecated: false } });
    expect(row).toMatchObject({ type: 'MarkerRecorded', name: 'patch add-fraud-check', patch: 'add-fraud-check' });
    expect(row.text).toBeUndefined();
  });
  it('says that a patch is deprecated', () =>
    expect(marker('core_patch', { 'patch-data': { id: 'add-fraud-check', deprecated: true } }).name).toBe(
      'deprecated patch add-fraud-check',
    ));
  it('keeps its own name where its data does not say which patch', () =>
    expect(marker('core_patch', { 'patch-data': 'sealed' })).toMatchObject({ name: 'core_patch', text: '"sealed"' }));
  it('keeps the names that other SDKs give', () =>
    expect(marker('Version', { 'change-id': 'add-fraud-check', version: 2 })).toMatchObject({
      name: 'Version',
      text: '"add-fraud-check", 2',
    }));
});
