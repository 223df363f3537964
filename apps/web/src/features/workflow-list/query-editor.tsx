'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useListFilter } from '../../data/list-filter.ts';
import { attributes } from '../../data/queries.ts';
import { useSuggestions } from '../../data/use-suggestions.ts';
import { faultsOfQuery, placeOfRefusal } from '../../domain/query-check.ts';
import { chipsOfText, textOfChips } from '../../domain/query-chips.ts';
import type { QueryKnowledge } from '../../domain/query-complete.ts';
import type { QueryFault } from '../../domain/query-parse.ts';
import { parseListQuery } from '../../domain/query-parse.ts';
import { queryExtensions, setFaults } from './query-code.ts';

interface QueryEditorProps {
  readonly namespace: string;
  /** In the server's words, of the text as it was asked. */
  readonly refusal: string | undefined;
  /** Somebody opened it to write. */
  readonly isAsked: boolean;
  readonly onClose: () => void;
}

/** Long enough for a word to be finished. */
const CHECK_MS = 400;

/** All filters that a text can say, as one text; what chips can say of it comes back as chips. */
export function QueryEditor({ namespace, refusal, isAsked, onClose }: QueryEditorProps) {
  const id = useId();
  const { state, setState } = useListFilter();
  const { status, type, queue, from, to, q } = state;
  const asked = textOfChips({ chips: { status, type, queue, from, to }, rest: q });
  const [text, setText] = useState(asked);
  const known = useKnowledge(namespace);
  const client = useQueryClient();
  const faults = useFaults(text, known);
  const refused: QueryFault | undefined =
    refusal === undefined || text !== asked || faults.length > 0 ? undefined : { ...placeOfRefusal(refusal, text), message: refusal };
  // What is not finished is told calmly, until somebody asks with it.
  const [insisted, setInsisted] = useState<string>();
  const told = refused ?? faults[0];
  const isWrong = told !== undefined && (told.isUnfinished !== true || insisted === text);
  const isUnreadable = parseListQuery(text).fault !== undefined;
  const apply = () => {
    if (isUnreadable) return setInsisted(text);
    const { chips, rest } = chipsOfText(text);
    const { status: statuses, ...others } = chips;
    void setState({ ...others, status: [...statuses], q: rest, ...(others.from === null && others.to === null ? {} : { last: null }) });
  };
  const code = useCode({
    id,
    text: asked,
    known,
    arrival: () =>
      client.ensureQueryData(attributes(namespace)).then(
        (listed) => ({ ...known, attributes: withOwn(listed) }),
        () => known,
      ),
    faults: refused === undefined ? (isWrong ? faults : none) : [refused],
    isAsked,
    onChange: setText,
    onApply: apply,
    onClose,
  });
  return (
    <div className="bar qline">
      <div className={isWrong ? 'fld qfld err' : 'fld qfld'}>
        <div className="row">
          <div className="ed qed" ref={code} />
          <button className="btn" type="button" aria-disabled={isUnreadable} onClick={apply}>
            {faults.length > 0 && !isUnreadable ? 'Apply anyway' : 'Apply'}
          </button>
          <button className="btn quiet" type="button" onClick={onClose}>
            Close
          </button>
        </div>
        <p id={`${id}-m`} className={isWrong ? 'msg' : 'hint'} role="status">
          {told?.message ?? hintOf(state.last !== null, state.id !== '')}
        </p>
      </div>
    </div>
  );
}

function hintOf(hasSpan: boolean, hasId: boolean): string {
  const beside = [...(hasSpan ? ['the span'] : []), ...(hasId ? ['the piece of an id'] : [])].join(' and ');
  return `Enter applies, Ctrl Space offers words.${beside === '' ? '' : ` Beside it ${beside} counts too.`}`;
}

function useKnowledge(namespace: string): QueryKnowledge {
  const { data } = useQuery(attributes(namespace));
  const { types, queues } = useSuggestions(namespace);
  return useMemo(() => ({ attributes: withOwn(data ?? []), types, queues, now: Date.now }), [data, types, queues]);
}

/** Servers list custom and predefined attributes; those of every run are known to the protocol. */
function withOwn(listed: readonly { readonly name: string; readonly type: string }[]): QueryKnowledge['attributes'] {
  if (listed.length === 0) return [];
  const names = new Set(listed.map(({ name }) => name));
  return [...OF_EVERY_RUN.filter(({ name }) => !names.has(name)), ...listed];
}

const ofType = (type: string, names: string) => names.split(' ').map((name) => ({ name, type }));
const OF_EVERY_RUN = [
  ...ofType('Keyword', 'WorkflowId WorkflowType ExecutionStatus TaskQueue RunId'),
  ...ofType('Datetime', 'StartTime CloseTime ExecutionTime'),
  ...ofType('Int', 'HistoryLength HistorySizeBytes ExecutionDuration StateTransitionCount'),
  ...ofType('Keyword', 'ParentWorkflowId ParentRunId RootWorkflowId RootRunId'),
];

/** Told once the hand rests. */
function useFaults(text: string, known: QueryKnowledge): readonly QueryFault[] {
  const [checked, setChecked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setChecked(text), CHECK_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return useMemo(() => (checked === text ? faultsOfQuery(checked, known.attributes) : none), [checked, text, known.attributes]);
}

const none: readonly QueryFault[] = [];

interface Code {
  readonly id: string;
  /** From outside; what is typed comes by `onChange`. */
  readonly text: string;
  readonly known: QueryKnowledge;
  readonly arrival: () => Promise<QueryKnowledge>;
  readonly faults: readonly QueryFault[];
  readonly isAsked: boolean;
  readonly onChange: (text: string) => void;
  readonly onApply: () => void;
  readonly onClose: () => void;
}

function useCode(code: Code) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(code);
  useEffect(() => {
    latest.current = code;
  });
  const { id, text, faults } = code;
  useEffect(() => {
    if (host.current === null) return undefined;
    const extensions = queryExtensions({
      label: 'Query',
      describedBy: `${id}-m`,
      known: () => latest.current.known,
      arrival: () => latest.current.arrival(),
      onChange: (next) => latest.current.onChange(next),
      onApply: () => latest.current.onApply(),
      onLeave: () => latest.current.onClose(),
    });
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: latest.current.text, extensions: [...extensions] }),
    });
    editor.dispatch({ selection: { anchor: editor.state.doc.length } });
    if (latest.current.isAsked) editor.focus();
    view.current = editor;
    return () => editor.destroy();
  }, [id]);
  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);
  useEffect(() => view.current?.dispatch({ effects: setFaults.of(faults) }), [faults]);
  return host;
}
