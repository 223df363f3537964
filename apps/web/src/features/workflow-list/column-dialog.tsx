'use client';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useListColumns } from '../../data/list-filter.ts';
import { attributes, systemInfo } from '../../data/queries.ts';
import type { ColumnId } from '../../domain/list-columns.ts';
import { columnOf, DEFAULT_COLUMNS, kindOf, KNOWN_COLUMNS, moveColumn, toggleColumn } from '../../domain/list-columns.ts';
import { keysOf } from '../../lib/keys-of.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';

/** Which columns are shown and in which order; search attributes and memo fields may join. */
export function ColumnDialog({ namespace, onClose }: { namespace: string; onClose: () => void }) {
  const { columns: chosen, setColumns } = useListColumns();
  const isOwn = useQuery(systemInfo()).data?.isOwn ?? false;
  const isOffered = (id: ColumnId) => isOwn || id !== 'waiting';
  const columns = chosen.filter(isOffered);
  const known = useQuery(attributes(namespace));
  const custom = (known.data ?? []).filter((one) => one.isCustom).map((one): ColumnId => `attr:${one.name}`);
  const hidden = [...KNOWN_COLUMNS, ...custom].filter((id) => isOffered(id) && !columns.includes(id));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Columns"
      footer={
        <>
          <button className="btn quiet" type="button" onClick={() => setColumns(DEFAULT_COLUMNS)}>
            Usual columns
          </button>
          <button className="btn primary" type="button" onClick={onClose}>
            Done
          </button>
        </>
      }
    >
      <ol className="colset" aria-label="Shown columns, in their order">
        {columns.map((id, index) => (
          <li key={id}>
            <label className="row">
              <input
                className="box"
                type="checkbox"
                checked
                disabled={id === 'id'}
                onChange={() => setColumns(toggleColumn(columns, id))}
              />
              <span className="cut">{columnOf(id).label}</span>
              <span className="axis">{kindOf(id)}</span>
            </label>
            <span className="grow" />
            <button
              className="btn quiet icon"
              type="button"
              aria-label={`Move ${columnOf(id).label} up`}
              disabled={index === 0}
              onClick={() => setColumns(moveColumn(columns, id, -1))}
            >
              <Icon name="up" small />
            </button>
            <button
              className="btn quiet icon"
              type="button"
              aria-label={`Move ${columnOf(id).label} down`}
              disabled={index === columns.length - 1}
              onClick={() => setColumns(moveColumn(columns, id, 1))}
            >
              <Icon name="down" small />
            </button>
          </li>
        ))}
      </ol>
      {hidden.length > 0 ? (
        <ul className="colset" aria-label="More columns">
          {hidden.map((id) => (
            <li key={id}>
              <label className="row">
                <input className="box" type="checkbox" checked={false} onChange={() => setColumns(toggleColumn(columns, id))} />
                <span className="cut">{columnOf(id).label}</span>
                <span className="axis">{kindOf(id)}</span>
              </label>
            </li>
          ))}
        </ul>
      ) : null}
      <PathField onAdd={(id) => (columns.includes(id) ? undefined : setColumns(toggleColumn(columns, id)))} />
    </Dialog>
  );
}

const PARTS = { memo: 'The memo', input: 'The input', result: 'The result', attr: 'A search attribute' } as const;
const FIELD_MAX = 200;

/** What has no list of names: a field of the memo, or a path in what a run carries. */
function PathField({ onAdd }: { onAdd: (id: ColumnId) => void }) {
  const id = useId();
  const [part, setPart] = useState<keyof typeof PARTS>('memo');
  const [path, setPath] = useState('');
  return (
    <form
      className="fld"
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim() === '') return;
        onAdd(`${part}:${path.trim()}`);
        setPath('');
      }}
    >
      <label htmlFor={id}>A field, or a path inside one</label>
      <span className="row">
        <select
          className="input pathp"
          aria-label="Of what"
          value={part}
          onChange={(event) => setPart(keysOf(PARTS).find((one) => one === event.target.value) ?? 'memo')}
        >
          {keysOf(PARTS).map((one) => (
            <option key={one} value={one}>
              {PARTS[one]}
            </option>
          ))}
        </select>
        <input
          id={id}
          className="input mono"
          value={path}
          maxLength={FIELD_MAX}
          placeholder={part === 'memo' || part === 'attr' ? 'name, or name.inside' : 'customer.id, items[0].sku'}
          spellCheck={false}
          aria-describedby={`${id}-h`}
          onChange={(event) => setPath(event.target.value)}
        />
        <button className="btn" type="submit">
          Add
        </button>
      </span>
      <p id={`${id}-h`} className="hint">
        {part === 'input' || part === 'result'
          ? 'Read in the history of each run on the screen. A path that begins with a number begins with that argument.'
          : 'Comes with the list itself.'}
      </p>
    </form>
  );
}
