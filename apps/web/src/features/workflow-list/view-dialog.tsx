'use client';
import { useId, useState } from 'react';
import type { ListViews } from '../../data/list-views.ts';
import type { ListView, ServerViews, ViewScope } from '../../domain/list-views.ts';
import { placeOfScope, VIEW_SCOPES } from '../../domain/list-views.ts';
import { VIEW_NAME_MAX } from '../../domain/saved-views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useRefusal } from '../../ui/rights.ts';
import { Segmented } from '../../ui/segmented.tsx';

interface ViewDialogProps {
  readonly views: ListViews;
  /** What a new view says. */
  readonly search: string;
  /** The one that gets another name; undefined for a new one. */
  readonly renamed: ListView | undefined;
  readonly onClose: () => void;
}

const WORDS: Readonly<Record<ViewScope, string>> = { personal: 'Only me', team: 'The team' };

function whereKept(scope: ViewScope, server: ServerViews | null): string {
  if (scope === 'team') return 'Kept on the server: everybody of this namespace has it.';
  return placeOfScope(scope, server) === 'browser'
    ? 'Filters and columns are kept in this browser. The link works for everybody.'
    : 'Kept on the server, for you alone. The link works for everybody.';
}

export function ViewDialog({ views, search, renamed, onClose }: ViewDialogProps) {
  const id = useId();
  const { server } = views;
  const [name, setName] = useState(renamed?.name ?? '');
  const [scope, setScope] = useState<ViewScope>(renamed?.scope ?? 'personal');
  const [isDefault, setDefault] = useState(renamed?.isDefault ?? false);
  const [message, setMessage] = useState<string>();
  const refusal = useRefusal(scope === 'team' ? 'write' : undefined);
  const scopes = VIEW_SCOPES.filter((one) => placeOfScope(one, server) !== undefined);
  const keptIn = renamed?.keptIn ?? placeOfScope(scope, server) ?? 'browser';
  const submit = async () => {
    if (name.trim() === '') return setMessage('A view needs a name.');
    const fault = refusal ?? (await views.save({ name, scope, keptIn, isDefault, search: renamed?.search ?? search }, renamed));
    return fault === undefined ? onClose() : setMessage(fault);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={renamed === undefined ? 'Save this view' : 'Rename the view'}
      footer={
        <button className="btn primary" type="button" onClick={() => void submit()}>
          {renamed === undefined ? 'Save view' : 'Rename view'}
        </button>
      }
    >
      <form
        className={`fld ${message ? 'err' : ''}`}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <label htmlFor={id}>Name</label>
        <input
          id={id}
          className="input"
          value={name}
          maxLength={VIEW_NAME_MAX}
          aria-invalid={message !== undefined}
          aria-describedby={message === undefined ? undefined : `${id}-m`}
          onChange={(event) => setName(event.target.value)}
        />
        {message ? (
          <p className="msg" role="alert" id={`${id}-m`}>
            {message}
          </p>
        ) : null}
      </form>
      {renamed === undefined && scopes.length > 1 ? (
        <div className="fld">
          <span className="fld-l">Who has it</span>
          <Segmented
            label="Who has it"
            value={scope}
            options={scopes.map((value) => ({ value, label: WORDS[value] }))}
            onChange={(next) => {
              setScope(next);
              setMessage(undefined);
            }}
          />
        </div>
      ) : null}
      <label className="row">
        <input className="box" type="checkbox" checked={isDefault} onChange={(event) => setDefault(event.target.checked)} />
        <span>The list opens with it</span>
      </label>
      <div className="fld">
        <p className="hint">{refusal ?? whereKept(scope, server)}</p>
      </div>
    </Dialog>
  );
}
