/** From what the cache holds to the runs of opened children, and to what is to be asked next. */
import type { QueryClient } from '@tanstack/react-query';
import type { Group } from '../domain/event-groups.ts';
import type { OpenedRun, RowNote } from '../domain/opened-run.ts';
import { OpenedSteps } from '../domain/opened-steps.ts';
import type { Places } from '../domain/places.ts';
import { FIRST_EVENT, lastOf, turnOf } from '../domain/places.ts';
import type { PendingActivity } from '../domain/run-event.ts';
import { groupOfRun } from '../domain/run-group.ts';
import { plural } from '../lib/number.ts';
import type { ApiOutput } from './api-client.ts';
import { toProblem } from './api-client.ts';
import { grows } from './child-queries.ts';
import type { RunHistory } from './load-history.ts';
import { historyKey, isWhole } from './load-history.ts';
import type { RunId } from './queries.ts';
import { description } from './queries.ts';
import { chain } from './relatives-queries.ts';
import type { RunView } from './run-view.ts';

type Chain = ApiOutput['workflow']['chain'];

export interface ChildRun {
  readonly view: RunView;
  /** Undefined of a run that only stands there to be opened. */
  readonly opened: OpenedRun | undefined;
}

export interface Questions {
  readonly chains: readonly { readonly run: RunId; readonly isBehind: boolean }[];
  readonly runs: readonly { readonly run: RunId; readonly isOpen: boolean }[];
}

export interface Reading {
  readonly found: ReadonlyMap<string, ChildRun>;
  readonly questions: Questions;
}

interface Parent {
  readonly path: string;
  /** As the history above it names it: its first run, or its last. */
  readonly named: RunId;
  readonly isOver: boolean;
}

const NO_ACTIVITIES: readonly PendingActivity[] = [];
const NO_EVENTS: RunView['events'] = [];

export class ChildReader {
  readonly #client: QueryClient;
  readonly #places: Places;
  readonly #steps = new Map<string, OpenedSteps>();
  /** By the path of a child: its runs, also while its history names another of them than before. */
  readonly #chains = new Map<string, Chain>();
  #found = new Map<string, ChildRun>();
  #chainsAsked: Questions['chains'][number][] = [];
  #runsAsked: Questions['runs'][number][] = [];

  constructor(client: QueryClient, places: Places) {
    this.#client = client;
    this.#places = places;
  }

  /** Of parents before what is in them. */
  read(view: Pick<RunView, 'run' | 'groups'>, paths: readonly string[]): Reading {
    [this.#found, this.#chainsAsked, this.#runsAsked] = [new Map(), [], []];
    for (const path of paths) {
      const { within, event, turn } = lastOf(path);
      const above = within === '' ? view : this.#found.get(within)?.view;
      const group = above?.groups.byEvent.get(event);
      if (group?.kind !== 'child' || group.id !== event || !group.runId) continue;
      const named = { namespace: view.run.namespace, workflowId: group.key ?? '', runId: group.runId };
      if (turn === 1) this.#readChild({ path, named, isOver: group.endedAt !== undefined });
      else this.#readLater(path, turn);
    }
    return { found: this.#found, questions: { chains: this.#chainsAsked, runs: this.#runsAsked } };
  }

  #readChild({ path, named, isOver }: Parent): void {
    const asked = this.#client.getQueryState(chain(named).queryKey);
    if (asked?.data !== undefined && asked.data.rows.length > 0) this.#chains.set(path, asked.data);
    const runs = this.#chains.get(path);
    this.#chainsAsked.push({ run: named, isBehind: !isOver && runs !== undefined && this.#isBehind(named, runs) });
    const isAnswered = asked !== undefined && asked.status !== 'pending';
    if (runs === undefined && !isAnswered) return this.#wait(path, named);
    const first = runs?.rows[0];
    const later = (runs?.rows.slice(1) ?? []).map((row, index) => {
      const turn = turnOf(path, index + 2);
      const group = groupOfRun(row, this.#places.idOf(turn, FIRST_EVENT), runs?.isCut === true ? undefined : index + 2);
      // It can be looked at before it is opened.
      const run = { ...named, runId: row.runId };
      this.#found.set(turn, { view: viewOf(run, { ...group, id: FIRST_EVENT }), opened: undefined });
      return group;
    });
    const run = first === undefined ? named : { ...named, runId: first.runId };
    const problem =
      runs === undefined && asked?.error
        ? `Whether it went on as another run could not be read: ${toProblem(asked.error).message}`
        : undefined;
    this.#readRun(path, run, { later, problem });
  }

  /** Whether what was read of the runs themselves says more than the list of them. */
  #isBehind(named: RunId, { rows }: Chain): boolean {
    return rows.some(({ runId, closedAt }, index) => {
      const read = this.#client.getQueryData<RunHistory>(historyKey({ ...named, runId }));
      if (read?.ended !== true) return false;
      const isLast = index === rows.length - 1;
      return (index > 0 && closedAt === null) || (isLast && read.events.at(-1)?.type === 'WorkflowExecutionContinuedAsNew');
    });
  }

  #readLater(path: string, turn: number): void {
    const row = this.#chains.get(turnOf(path, 1))?.rows[turn - 1];
    const known = this.#found.get(path);
    if (row === undefined || known === undefined) return;
    this.#readRun(
      path,
      { ...known.view.run, runId: row.runId },
      { later: [], problem: undefined, itself: known.view.groups.byEvent.get(FIRST_EVENT) },
    );
  }

  #wait(path: string, run: RunId): void {
    this.#found.set(path, { view: viewOf(run), opened: this.#openedOf(path, { steps: [], later: [], notes: [READING(run)], readAt: 0 }) });
  }

  #readRun(
    path: string,
    run: RunId,
    { later, problem, itself }: { later: readonly Group[]; problem: string | undefined; itself?: Group | undefined },
  ): void {
    const state = this.#client.getQueryState<RunHistory>(historyKey(run));
    const history = state?.data;
    const isOpen = grows(history);
    this.#runsAsked.push({ run, isOpen });
    const failed = state?.error ? toProblem(state.error).message : undefined;
    if (history === undefined) {
      const note: RowNote = failed === undefined ? READING(run) : { kind: 'problem', text: `This run cannot be read: ${failed}`, run };
      this.#found.set(path, { view: viewOf(run, itself), opened: this.#openedOf(path, { steps: [], later, notes: [note], readAt: 0 }) });
      return;
    }
    const described = isOpen ? this.#client.getQueryData(description(run).queryKey) : undefined;
    const isPart = !isWhole(history);
    const { groups, steps } = this.#stepsOf(path).of({ events: history.events, pending: described?.activities ?? NO_ACTIVITIES, isPart });
    const notes: RowNote[] = [];
    if (isPart) notes.push({ kind: 'more', text: plural(history.total - history.events.length, 'more event'), run });
    else if (steps.length === 0)
      notes.push({ kind: 'empty', text: history.ended ? 'It took no steps.' : 'It has taken no steps yet.', run });
    if (failed !== undefined) notes.push({ kind: 'problem', text: `What came later could not be read: ${failed}`, run });
    else if (problem !== undefined) notes.push({ kind: 'problem', text: problem, run });
    const opened = this.#openedOf(path, {
      steps,
      later,
      notes,
      readAt: isOpen ? (state?.dataUpdatedAt ?? 0) : 0,
    });
    const view = viewOf(run, itself);
    const byEvent = itself === undefined ? groups.byEvent : { get: (id: number) => (id === FIRST_EVENT ? itself : groups.byEvent.get(id)) };
    this.#found.set(path, {
      view: { ...view, description: described, events: history.events, groups: { ...groups, byEvent }, total: history.total },
      opened,
    });
  }

  #openedOf(path: string, opened: Omit<OpenedRun, 'noteId'>): OpenedRun {
    return { ...opened, noteId: this.#places.noteOf(path) };
  }

  #stepsOf(path: string): OpenedSteps {
    const known = this.#steps.get(path) ?? new OpenedSteps((eventId) => this.#places.idOf(path, eventId));
    this.#steps.set(path, known);
    return known;
  }
}

const READING = (run: RunId): RowNote => ({ kind: 'reading', text: 'Its steps are being read…', run });

/** A run of which nothing is known but, where it stands in a row, that. */
const viewOf = (run: RunId, itself?: Group): RunView => ({
  run,
  description: undefined,
  events: NO_EVENTS,
  groups: {
    groups: [],
    tasks: [],
    byEvent: { get: (id) => (id === FIRST_EVENT ? itself : undefined) },
    taskByEvent: { get: () => undefined },
  },
  gap: undefined,
  total: 0,
  isLoading: false,
  stoppedAt: undefined,
  error: undefined,
});
