/** What a card is about, read from the page: a moment in a `time` or a `data-at`, another run in the address of a link. */
import type { RunId } from '../../data/queries.ts';

interface Anchored {
  readonly anchor: HTMLElement;
  readonly key: string;
}
export type CardSubject =
  | (Anchored & { readonly kind: 'moment'; readonly at: number })
  | (Anchored & { readonly kind: 'run'; readonly run: RunId });

export const CARD_CLASS = 'hovc';

/** Whose own page or row says more than a card. */
const OWN = 'tr[data-row], .tabs, .runbar';
const RUN = /^\/n\/([^/]+)\/w\/([^/]+)(?:\/([^/]+))?/;

export function subjectOf(target: Element): CardSubject | undefined {
  const anchor = target.closest<HTMLElement>('time[datetime], [data-at], a[href^="/n/"]');
  if (anchor === null) return undefined;
  if (anchor instanceof HTMLAnchorElement) {
    const run = anchor.closest(OWN) === null ? runOf(anchor.pathname) : undefined;
    const here = runOf(location.pathname);
    if (run === undefined || (run.runId === here?.runId && run.workflowId === here.workflowId)) return undefined;
    return { kind: 'run', anchor, run, key: `${run.workflowId}/${run.runId}` };
  }
  const at = Number(anchor.dataset['at'] ?? Date.parse(anchor.getAttribute('datetime') ?? ''));
  return Number.isFinite(at) ? { kind: 'moment', anchor, at, key: String(at) } : undefined;
}

/** By keys whole rows and branches are walked: then it is the run that they lead to. */
export function subjectOfFocus(target: Element): CardSubject | undefined {
  const branch = target.matches('[role="treeitem"], tr') ? target.querySelector('a[href^="/n/"]') : null;
  return subjectOf(branch ?? target);
}

/** The run that a path is about; without a run id, the newest of the workflow id. */
export function runOf(path: string): RunId | undefined {
  const [, namespace, workflowId, runId = ''] = RUN.exec(path) ?? [];
  if (namespace === undefined || workflowId === undefined) return undefined;
  return { namespace: decodeURIComponent(namespace), workflowId: decodeURIComponent(workflowId), runId: decodeURIComponent(runId) };
}
