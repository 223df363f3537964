/** The editor of a list filter: colours, marks at wrong words and what may be written next. Loaded when somebody edits. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { acceptCompletion, autocompletion, completionKeymap, pickedCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import type { Extension } from '@codemirror/state';
import { StateEffect, StateField } from '@codemirror/state';
import type { DecorationSet, ViewUpdate } from '@codemirror/view';
import { Decoration, EditorView, keymap, ViewPlugin } from '@codemirror/view';
import type { QueryKnowledge, QueryOption } from '../../domain/query-complete.ts';
import { completeQuery } from '../../domain/query-complete.ts';
import type { QueryFault } from '../../domain/query-parse.ts';
import type { QueryToken } from '../../domain/query-tokens.ts';
import { queryTokens } from '../../domain/query-tokens.ts';

const WORDS = new Set(['and', 'or', 'not', 'in', 'between', 'is', 'null', 'starts_with', 'true', 'false']);

function classOf({ kind, text }: QueryToken): string | undefined {
  if (kind === 'string' || kind === 'open') return 'q-str';
  if (kind === 'number') return 'q-num';
  if (kind !== 'name') return undefined;
  return WORDS.has(text.toLowerCase()) ? 'q-word' : 'q-name';
}

function inked(view: EditorView): DecorationSet {
  const marks = queryTokens(view.state.doc.toString()).flatMap((token) => {
    const name = classOf(token);
    return name === undefined ? [] : [Decoration.mark({ class: name }).range(token.from, token.to)];
  });
  return Decoration.set(marks);
}

const inks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = inked(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = inked(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** What is wrong with the text as it stands. */
export const setFaults = StateEffect.define<readonly QueryFault[]>();

const faultMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, change) => {
    const set = change.effects.find((effect) => effect.is(setFaults));
    if (set === undefined) return marks.map(change.changes);
    const end = change.state.doc.length;
    const places = set.value.filter(({ from, to }) => from < to && to <= end);
    return Decoration.set(
      places.map(({ from, to }) => Decoration.mark({ class: 'q-fault' }).range(from, to)),
      true,
    );
  },
  provide: (field) => EditorView.decorations.from(field),
});

const LEADS_ON: ReadonlySet<QueryOption['kind']> = new Set(['attribute', 'operator', 'joint']);

function toCompletion({ text, detail, kind }: QueryOption): Completion {
  const insert =
    text === 'IN' || text === 'NOT IN' ? `${text} (` : LEADS_ON.has(kind) && !text.endsWith('NULL') && text !== ')' ? `${text} ` : text;
  return {
    label: text,
    type: LEADS_ON.has(kind) && insert !== text ? kind : 'value',
    ...(detail === undefined ? {} : { detail }),
    apply: (...[view, picked, from, to]: readonly [EditorView, Completion, number, number]) =>
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length },
        userEvent: 'input.complete',
        annotations: pickedCompletion.of(picked),
      }),
  };
}

export interface QueryCodeOptions {
  readonly label: string;
  readonly describedBy: string;
  /** Read when somebody writes. */
  readonly known: () => QueryKnowledge;
  /** The same once the attributes are here, or will not come. */
  readonly arrival: () => Promise<QueryKnowledge>;
  readonly onChange: (text: string) => void;
  readonly onApply: () => void;
  readonly onLeave: () => void;
}

export function queryExtensions({
  label,
  describedBy,
  known,
  arrival,
  onChange,
  onApply,
  onLeave,
}: QueryCodeOptions): readonly Extension[] {
  const offer = (context: CompletionContext, knowledge: QueryKnowledge): CompletionResult | null => {
    const found = completeQuery(context.state.doc.toString(), context.pos, knowledge);
    if (found === undefined) return null;
    // After a whole condition Enter asks; AND is offered to those who begin to write it.
    const isUnasked = found.options[0]?.kind === 'joint' && found.from === context.pos && !context.explicit;
    if (isUnasked) return null;
    // What is offered follows each letter at once: a list that waits for its next answer does not hear a click.
    const update = (...[, , , next]: Parameters<NonNullable<CompletionResult['update']>>) => offer(next, known());
    return { from: found.from, options: found.options.map(toCompletion), filter: false, update };
  };
  const complete = (context: CompletionContext) => {
    const knowledge = known();
    if (knowledge.attributes.length > 0) return offer(context, knowledge);
    return arrival().then((later) => (context.aborted ? null : offer(context, later)));
  };
  const run = (act: () => void) => () => {
    act();
    return true;
  };
  return [
    history(),
    autocompletion({
      override: [complete],
      icons: false,
      interactionDelay: 0,
      // After a name or an operator comes the next; a value ends what was begun.
      activateOnCompletion: ({ type }) => type !== 'value',
    }),
    keymap.of([
      ...completionKeymap,
      { key: 'Tab', run: acceptCompletion },
      { key: 'Enter', run: run(onApply), shift: () => false },
      { key: 'Mod-Enter', run: run(onApply) },
      { key: 'Escape', run: run(onLeave) },
      ...defaultKeymap,
      ...historyKeymap,
    ]),
    inks,
    faultMarks,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': describedBy, 'aria-multiline': 'false' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
  ];
}
