/** Why a task that waits in a queue is not taken. */
import type { Evidence, Finding, Phrase, Severity, WhyAction, WhyCode } from './finding.ts';
import { strong } from './finding.ts';
import type { PollerFacts, QueueFacts, RunFacts, SlotFacts, WorkerFacts } from './run-facts.ts';
import { mayTake, pinFor, whyUnversioned } from './why-version.ts';

/** A worker asks again at least this often while it has room: a long poll, and the way there and back. */
export const POLL_FRESH_MS = 75_000;
/** A task is handed over in milliseconds; one that waited so long is not just unlucky. */
const UNTAKEN_MS = 2_000;
/** Slower than this is worth a word, in tasks per second. */
const SLOW_RATE = 5;

export interface QueueWait {
  readonly kind: 'workflow' | 'activity';
  /** `chargeCard`, or `The workflow task`: what waits. */
  readonly what: Phrase;
  readonly queue: string;
  readonly since: number;
}

export function whyQueue(facts: RunFacts, wait: QueueWait): Finding {
  const queue = (wait.kind === 'workflow' ? facts.workflowQueues : facts.activityQueues).get(wait.queue);
  const waited = facts.now - wait.since;
  const about = new About(wait, queue, facts.now);
  if (queue === undefined || waited < UNTAKEN_MS)
    return about.finding('waiting', [' waits for a worker on ', strong(wait.queue), '.'], { severity: 'waiting' });
  const polling = queue.pollers.filter((poller) => facts.now - poller.lastAt <= POLL_FRESH_MS && !hasLeft(facts, queue.name, poller));
  const pin = pinFor(facts, wait, queue);
  const alive = polling.filter(({ version }) => mayTake({ version, pin, queue }));
  if (alive.length === 0) return whyUnversioned(about, { pin, queue, polling }) ?? whyUnpolled(facts, about);
  return (
    whyLimited(about, queue) ??
    whyFull(facts, about) ??
    whyBehind(about, queue) ??
    about.finding('waiting', [
      ' has waited ',
      { since: wait.since },
      ` on `,
      strong(wait.queue),
      `, which ${alive.length} ${alive.length === 1 ? 'worker polls' : 'workers poll'}.`,
    ])
  );
}

/** A worker that said goodbye asks no more, however lately it did. */
function hasLeft({ workers }: RunFacts, queue: string, { identity, build }: PollerFacts): boolean {
  const same = (workers ?? []).filter(
    (worker) => worker.identity === identity && worker.queue === queue && (worker.build === build || !worker.build || !build),
  );
  return same.length > 0 && same.every(({ isRunning }) => !isRunning);
}

type Cause =
  | 'waiting'
  | 'unpolled'
  | 'close-name'
  | 'version-unpolled'
  | 'unrouted'
  | 'slots-full'
  | 'backlog'
  | 'queue-stopped'
  | 'queue-slow';

const SEVERITY: Readonly<Record<Cause, Severity>> = {
  waiting: 'slow',
  unpolled: 'stuck',
  'close-name': 'stuck',
  'version-unpolled': 'stuck',
  unrouted: 'stuck',
  'slots-full': 'slow',
  backlog: 'slow',
  'queue-stopped': 'stuck',
  'queue-slow': 'slow',
};

interface More {
  readonly severity?: Severity;
  readonly short?: readonly Phrase[];
  readonly evidence?: readonly Evidence[];
  readonly actions?: readonly WhyAction[];
}

/** What all findings about one wait share. */
export class About {
  constructor(
    readonly wait: QueueWait,
    private readonly queue: QueueFacts | undefined,
    private readonly now: number,
  ) {}

  finding(cause: Cause, rest: readonly Phrase[], more: More = {}): Finding {
    const { kind, what, queue, since } = this.wait;
    return {
      code: codeOf(kind, cause),
      severity: more.severity ?? SEVERITY[cause],
      sentence: [what, ...rest],
      short: more.short ?? [kind === 'workflow' ? 'a worker' : textOf(what), ', waits ', { since }],
      evidence: [{ name: 'Queue', value: [queue] }, { name: 'Waits for', value: [{ since }] }, ...this.ofQueue(), ...(more.evidence ?? [])],
      actions: [...(more.actions ?? []), { kind: 'queue', queue }],
      since,
    };
  }

  private ofQueue(): readonly Evidence[] {
    if (this.queue === undefined) return [];
    const { pollers, backlog } = this.queue;
    const last = pollers.toSorted((one, other) => other.lastAt - one.lastAt)[0];
    const polling = pollers.filter(({ lastAt }) => this.now - lastAt <= POLL_FRESH_MS).length;
    return [
      { name: 'Pollers', value: [String(polling)] },
      ...(last === undefined
        ? []
        : [{ name: 'Last poll', value: [{ since: last.lastAt }, ` ago, ${last.identity}${last.build ? `, build ${last.build}` : ''}`] }]),
      ...(backlog === undefined || backlog.count === 0
        ? []
        : [{ name: 'Backlog', value: [`${backlog.count}, the oldest for ${Math.round(backlog.oldestMs / 1000)} s`] }]),
    ];
  }
}

const textOf = (phrase: Phrase): string => (typeof phrase === 'string' ? phrase : 'strong' in phrase ? phrase.strong : '');

const codeOf = (kind: QueueWait['kind'], cause: Cause): WhyCode =>
  kind === 'activity' ? `activity-${cause}` : cause === 'queue-stopped' || cause === 'queue-slow' ? 'task-waiting' : `task-${cause}`;

function whyUnpolled(facts: RunFacts, about: About): Finding {
  const { queue, kind, since } = about.wait;
  const twin = closestName(queue, facts.polledQueues);
  if (twin !== undefined) {
    return about.finding(
      'close-name',
      [' waits on ', strong(queue), ', which no worker polls. Workers poll ', strong(twin), ': is one of the names a slip?'],
      {
        short: [`no worker on ${queue}; did you mean ${twin}?`],
        evidence: [{ name: 'Close name', value: [twin] }],
        actions: [{ kind: 'queue', queue: twin }],
      },
    );
  }
  const known = (kind === 'workflow' ? facts.workflowQueues : facts.activityQueues).get(queue)?.pollers ?? [];
  const last = known.toSorted((one, other) => other.lastAt - one.lastAt)[0];
  return about.finding(
    'unpolled',
    [
      ' has waited ',
      { since },
      ': no worker polls ',
      strong(queue),
      ...(last === undefined ? ['.'] : [`; ${last.identity} last did, `, { since: last.lastAt }, ' ago.']),
    ],
    { short: [`no worker on ${queue}`] },
  );
}

/** Only activities are limited. */
function whyLimited(about: About, { limit, backlog }: QueueFacts): Finding | undefined {
  const { queue, kind } = about.wait;
  if (kind !== 'activity' || limit === undefined || limit.perSecond > SLOW_RATE) return undefined;
  const source = limit.isOfWorkers ? 'its workers' : 'its configuration';
  const evidence = [{ name: 'Limit', value: [`${limit.perSecond} a second, set by ${source}`] }];
  if (limit.perSecond === 0) {
    return about.finding(
      'queue-stopped',
      [' waits on ', strong(queue), `, which is limited to `, strong('0 tasks a second'), ` by ${source}.`],
      {
        short: [`queue ${queue} limited to 0`],
        evidence,
      },
    );
  }
  const ahead = backlog === undefined || backlog.count < 2 ? '' : ` ${backlog.count} tasks wait there.`;
  return about.finding(
    'queue-slow',
    [' waits on ', strong(queue), ', which hands out ', strong(`${limit.perSecond} a second`), ` at most, set by ${source}.${ahead}`],
    { short: [`queue ${queue} limited to ${limit.perSecond}/s`], evidence },
  );
}

const slotsOf = (worker: WorkerFacts, kind: QueueWait['kind']): SlotFacts | undefined =>
  kind === 'workflow' ? worker.workflowSlots : worker.activitySlots;

function whyFull({ workers }: RunFacts, about: About): Finding | undefined {
  const { queue, kind } = about.wait;
  const here = (workers ?? []).filter((worker) => worker.queue === queue && worker.isRunning);
  const slots = here.flatMap((worker) => slotsOf(worker, kind) ?? []);
  const used = slots.reduce((sum, one) => sum + one.used, 0);
  // A worker without slots of this kind takes none of it; that is not being busy.
  if (used === 0 || slots.some(({ available }) => available > 0)) return undefined;
  return about.finding(
    'slots-full',
    [
      ' waits on ',
      strong(queue),
      ': ',
      strong(`all ${used} slots`),
      ` of ${here.length === 1 ? 'its worker' : `its ${here.length} workers`} are taken.`,
    ],
    {
      short: [`all ${used} slots taken`],
      evidence: [
        {
          name: 'Slots',
          value: [
            `${used} of ${used} used, ${here
              .map(({ identity }) => identity)
              .slice(0, 3)
              .join(', ')}`,
          ],
        },
      ],
      actions: [{ kind: 'workers' }],
    },
  );
}

function whyBehind(about: About, { backlog }: QueueFacts): Finding | undefined {
  if (backlog === undefined || backlog.count < 2) return undefined;
  const others = backlog.count - 1;
  return about.finding(
    'backlog',
    [
      ' waits on ',
      strong(about.wait.queue),
      ' among ',
      strong(`${others} other ${others === 1 ? 'task' : 'tasks'}`),
      `, the oldest for ${Math.round(backlog.oldestMs / 1000)} s.`,
    ],
    { short: [`backlog of ${backlog.count}`] },
  );
}

const SLIP_MAX = 2;

/** The polled name that a slip of at most two letters, or of case, would turn into this one. */
export function closestName(name: string, polled: readonly string[]): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const other of polled) {
    if (other === name) continue;
    const distance = other.toLowerCase() === name.toLowerCase() ? 0 : editDistance(name, other, SLIP_MAX);
    // Of a short name two letters are most of it.
    if (distance > Math.min(SLIP_MAX, Math.floor(name.length / 3))) continue;
    if (best === undefined || distance < best.distance) best = { name: other, distance };
  }
  return best?.name;
}

function editDistance(one: string, other: string, max: number): number {
  if (Math.abs(one.length - other.length) > max) return max + 1;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const swap = (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? max + 1;
}
