import { describe, expect, it } from 'vitest';
import { exportHead, exportLine } from './export-rows.ts';

const row = {
  workflowId: 'a,"b"',
  runId: '1',
  type: '=HYPERLINK("http://x")',
  status: 'Running',
  queue: 'q',
  startedAt: 0,
  closedAt: null,
  events: 3,
  bytes: 20,
  parentId: null,
  fields: { 'attr:Region': 'eu\nwest', 'memo:n': { a: -1 } },
};

describe('rows as a file', () => {
  it('quotes what would break a line and disarms what a spreadsheet would run', () => {
    const fields = ['attr:Region', 'memo:n', 'memo:none'];
    expect(exportHead('csv', fields)).toBe(
      'workflowId,runId,type,status,taskQueue,startedAt,closedAt,events,bytes,parentId,attr:Region,memo:n,memo:none\r\n',
    );
    expect(exportLine('csv', row, fields)).toBe(
      '"a,""b""",1,"\'=HYPERLINK(""http://x"")",Running,q,1970-01-01T00:00:00.000Z,,3,20,,"eu\nwest","{""a"":-1}",\r\n',
    );
  });
  it('is one object a line, as it is', () => {
    const line = exportLine('jsonl', row, []);
    expect(line.trimEnd()).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({ workflowId: 'a,"b"', type: row.type, closedAt: null, fields: row.fields });
    expect(exportHead('jsonl', [])).toBe('');
  });
});
