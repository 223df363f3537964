/** Why a task is not taken although workers poll its queue: they are of another version than it waits for. */
import type { Evidence, Finding } from './finding.ts';
import { strong } from './finding.ts';
import type { PinFacts, PollerFacts, QueueFacts, RunFacts, VersionName } from './run-facts.ts';
import type { About, QueueWait } from './why-queue.ts';

interface Taking {
  readonly version: VersionName | undefined;
  readonly pin: PinFacts | undefined;
  readonly queue: QueueFacts;
}

const isSame = (one: VersionName | undefined, other: VersionName | undefined): boolean =>
  one?.deployment === other?.deployment && one?.build === other?.build;

/** Whether a worker of this version, or without one, may be the one that the task waits for. */
export function mayTake({ version, pin, queue }: Taking): boolean {
  if (pin !== undefined) return isSame(version, pin);
  // Which way a ramp sends this run is known to the server alone.
  return queue.isRamping || isSame(version, queue.current);
}

/** A pinned run's activities of other queues go wherever those queues go, unless its version polls them too. */
export function pinFor({ pin, queue: own }: RunFacts, { kind, queue: name }: QueueWait, { pollers }: QueueFacts): PinFacts | undefined {
  if (pin === undefined || kind === 'workflow' || name === own) return pin;
  return pollers.some(({ version }) => isSame(version, pin)) ? pin : undefined;
}

interface Unversioned {
  readonly pin: PinFacts | undefined;
  readonly queue: QueueFacts;
  /** Of the last moments, of any version. */
  readonly polling: readonly PollerFacts[];
}

/** Nothing where versions have no part in it. */
export function whyUnversioned(about: About, { pin, queue, polling }: Unversioned): Finding | undefined {
  if (pin !== undefined) return whyPinned(about, pin, queue);
  if (queue.current !== undefined) return whyCurrent(about, queue.current, queue);
  const versions = polling.flatMap(({ version }) => version ?? []);
  const [first] = versions;
  return first === undefined ? undefined : whyUnrouted(about, first, versions);
}

const lastPollOf = (version: VersionName, { pollers }: QueueFacts): PollerFacts | undefined =>
  pollers.filter((poller) => isSame(poller.version, version)).toSorted((one, other) => other.lastAt - one.lastAt)[0];

const STATUS: Readonly<Record<string, string>> = {
  inactive: 'never got new work',
  current: 'current',
  ramping: 'ramping',
  draining: 'draining: it gets no new work, and open runs are pinned to it',
  drained: 'drained: it gets no new work',
  unknown: 'not known to its deployment',
};

function whyPinned(about: About, pin: PinFacts, queue: QueueFacts): Finding {
  const { since } = about.wait;
  const last = lastPollOf(pin, queue);
  const target = pin.currentBuild === pin.build ? '' : pin.currentBuild;
  const status = STATUS[pin.status];
  const evidence: readonly Evidence[] = [
    { name: 'Pinned to', value: [`${pin.deployment}:${pin.build}, ${pin.isOverride ? 'by an override' : 'by its workflow’s code'}`] },
    ...(status === undefined ? [] : [{ name: 'That version', value: [status] }]),
    ...(last === undefined ? [] : [{ name: 'Last polled', value: [{ since: last.lastAt }, ` ago, ${last.identity}`] }]),
    {
      name: 'Current',
      value: [pin.currentBuild ? `${pin.deployment}:${pin.currentBuild}` : 'none: new work goes to workers without a version'],
    },
  ];
  return about.finding(
    'version-unpolled',
    [
      ' has waited ',
      { since },
      ': the run is pinned to ',
      strong(pin.build),
      ' of ',
      strong(pin.deployment),
      ', which no worker polls',
      ...(last === undefined ? ['.'] : [`; ${last.identity} last did, `, { since: last.lastAt }, ' ago.']),
    ],
    {
      short: [`pinned to ${pin.build}, no worker`],
      evidence,
      actions: [
        { kind: 'move', deployment: pin.deployment, from: pin.build, build: target },
        { kind: 'deployment', deployment: pin.deployment },
      ],
    },
  );
}

function whyCurrent(about: About, current: VersionName, queue: QueueFacts): Finding {
  const last = lastPollOf(current, queue);
  return about.finding(
    'version-unpolled',
    [
      ' has waited ',
      { since: about.wait.since },
      ': new work goes to ',
      strong(current.build),
      ' of ',
      strong(current.deployment),
      ', which no worker polls',
      ...(last === undefined ? ['.'] : [`; ${last.identity} last did, `, { since: last.lastAt }, ' ago.']),
    ],
    {
      short: [`no worker of ${current.build}`],
      evidence: [{ name: 'Current version', value: [`${current.deployment}:${current.build}`] }],
      actions: [{ kind: 'deployment', deployment: current.deployment }],
    },
  );
}

function whyUnrouted(about: About, { deployment }: VersionName, versions: readonly VersionName[]): Finding {
  const builds = [...new Set(versions.map(({ build }) => build))];
  return about.finding(
    'unrouted',
    [
      ' waits on ',
      strong(about.wait.queue),
      ', which workers of ',
      strong(deployment),
      ' poll; but the deployment has ',
      strong('no current version'),
      ', so that nothing goes to them.',
    ],
    {
      short: [`${deployment} has no current version`],
      evidence: [
        { name: 'Deployment', value: [deployment] },
        { name: builds.length === 1 ? 'Version that polls' : 'Versions that poll', value: [builds.slice(0, 5).join(', ')] },
        { name: 'Current version', value: ['none: new work goes to workers without a version'] },
      ],
      actions: [{ kind: 'deployment', deployment }],
    },
  );
}
