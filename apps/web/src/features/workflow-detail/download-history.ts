import { decodeAll } from '../../data/codec.ts';
import type { RunId } from '../../data/queries.ts';
import type { EventBody } from '../../data/run-source.ts';
import { sourceOf } from '../../data/run-source.ts';
import { readExact } from '../../domain/wire-payload.ts';
import { stringifyExact } from '../../lib/exact-json.ts';
import { saveFile } from '../../ui/save-file.ts';

const BATCH = 200;

/**
 * Reads every event and hands a file to the browser, in the format of the protocol's command line: `written` as replayers take it, payloads
 * in base64; `read` with the values in the place of payloads, decoded by the namespace's codec server where it has one.
 */
export async function downloadHistory(run: RunId, length: number, form: 'written' | 'read'): Promise<void> {
  const events: unknown[] = [];
  while (events.length < length) {
    const ids = Array.from({ length: Math.min(BATCH, length - events.length) }, (_, index) => events.length + 1 + index);
    const page: readonly EventBody[] = await sourceOf(run).wire(run, ids, { full: true });
    if (page.length === 0) throw new Error('The server answered with fewer events than the run has.');
    for (const { body } of page) events.push(form === 'read' ? readExact(await decodeAll(run.namespace, body)) : body);
  }
  const name = `${run.workflowId}.${run.runId}.${form === 'read' ? 'history.decoded' : 'history'}.json`;
  saveFile(name, stringifyExact({ events }), 'application/json');
}
