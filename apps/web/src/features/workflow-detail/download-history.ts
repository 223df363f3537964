import { decodeAll } from '../../data/codec.ts';
import type { RunId } from '../../data/queries.ts';
import { recordReveal } from '../../data/reveal.ts';
import type { EventBody } from '../../data/run-source.ts';
import { sourceOf } from '../../data/run-source.ts';
import { hasSecrets } from '../../domain/hidden-value.ts';
import { readExact } from '../../domain/wire-payload.ts';
import { stringifyExact } from '../../lib/exact-json.ts';
import { saveFile } from '../../ui/save-file.ts';

const BATCH = 200;

/**
 * Reads every event and hands a file to the browser, in the format of the protocol's command line: `written` as replayers take it, payloads
 * in base64; `read` with the values in the place of payloads, decoded by the namespace's codec server where it has one. It is whole, so
 * where it holds what pages hide the audit has it first.
 */
export async function downloadHistory(run: RunId, length: number, form: 'written' | 'read'): Promise<void> {
  const events: unknown[] = [];
  let isSecret = false;
  while (events.length < length) {
    const ids = Array.from({ length: Math.min(BATCH, length - events.length) }, (_, index) => events.length + 1 + index);
    const page: readonly EventBody[] = await sourceOf(run).wire(run, ids, { full: true });
    if (page.length === 0) throw new Error('The server answered with fewer events than the run has.');
    for (const { body } of page) {
      const read = readExact(form === 'read' ? await decodeAll(run.namespace, body) : body);
      isSecret ||= hasSecrets(read);
      events.push(form === 'read' ? read : body);
    }
  }
  if (isSecret) await recordReveal(run, 'history, as a file');
  const name = `${run.workflowId}.${run.runId}.${form === 'read' ? 'history.decoded' : 'history'}.json`;
  saveFile(name, stringifyExact({ events }), 'application/json');
}
