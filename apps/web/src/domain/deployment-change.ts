/** What people do to a worker deployment, and what will come of it. */
import { plural } from '../lib/number.ts';

/** As far as a change concerns it. */
export interface Routed {
  readonly current: string | null;
  readonly ramp: { readonly build: string | null } | null;
  readonly versions: readonly {
    readonly build: string;
    readonly detail: { readonly queues: readonly string[]; readonly pinned: number } | null;
  }[];
}

/** What somebody is about to do to a deployment; the empty build stands for workers without a version. */
export type Change =
  | { readonly kind: 'current'; readonly build: string }
  | { readonly kind: 'ramp'; readonly build: string }
  | { readonly kind: 'unramp' }
  | { readonly kind: 'remove'; readonly build: string };

export interface ChangeWords {
  readonly title: string;
  /** What comes of it, from what is there now. */
  readonly effects: readonly string[];
  readonly button: string;
  readonly keep: string;
  readonly done: string;
}

const named = (build: string | null): string => build || 'workers without a version';

/** What a change would do, told before it is made. */
export function changeWords(data: Routed, change: Change): ChangeWords {
  const pinned = (build: string | null) => data.versions.find((one) => one.build === build)?.detail?.pinned ?? 0;
  const stays = (build: string | null): string[] => {
    const count = pinned(build);
    if (build === null || count === 0) return [];
    const until = count === 1 ? 'stays there until it ends or is moved' : 'stay there until they end or are moved';
    return [`${plural(count, 'open run')} pinned to ${build} ${until}.`];
  };
  const missing = change.kind === 'current' || change.kind === 'ramp' ? missingQueues(data, change.build) : [];
  const left = missing.length === 0 ? [] : [`It does not poll ${missing.join(', ')}: work there goes to workers without a version.`];
  switch (change.kind) {
    case 'current':
      return {
        title: change.build === '' ? 'No current version?' : `Make ${change.build} current?`,
        effects: [
          `New workflows, and those that upgrade by themselves, go to ${named(change.build)} instead of ${named(data.current)}.`,
          ...stays(data.current),
          ...left,
        ],
        button: change.build === '' ? 'Have none' : 'Make it current',
        keep: `Keep ${named(data.current)}`,
        done: change.build === '' ? 'New work goes to workers without a version.' : `${change.build} is current.`,
      };
    case 'ramp':
      return {
        title: `Ramp up to ${change.build}?`,
        effects: [
          `A share of the workflows goes to ${change.build}, the others go on to ${named(data.current)}. Each workflow id always goes the same way.`,
          ...left,
        ],
        button: 'Set the share',
        keep: 'Leave it',
        done: `${change.build} gets its share.`,
      };
    case 'unramp':
      return {
        title: 'End the ramp?',
        effects: [`All new work goes to ${named(data.current)}.`, ...stays(data.ramp?.build ?? null)],
        button: 'End it',
        keep: 'Leave it',
        done: 'The ramp has ended.',
      };
    case 'remove':
      return {
        title: `Delete ${change.build}?`,
        effects: ['The deployment forgets this version. It comes back when a worker polls for it again.'],
        button: 'Delete it',
        keep: 'Keep it',
        done: `${change.build} was deleted.`,
      };
  }
}

/** Queues that the current version polls and the next one does not. */
export function missingQueues({ current, versions }: Routed, build: string): readonly string[] {
  if (build === '' || current === null) return [];
  const queuesOf = (one: string) => versions.find((version) => version.build === one)?.detail?.queues ?? [];
  const own = new Set(queuesOf(build));
  return queuesOf(current).filter((queue) => !own.has(queue));
}
