'use client';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useListColumns } from '../../data/list-filter.ts';
import { attributes, systemInfo } from '../../data/queries.ts';
import type { ColumnId } from '../../domain/list-columns.ts';
import { columnOf, DEFAULT_COLUMNS, isField, KNOWN_COLUMNS, moveColumn, toggleColumn } from '../../domain/list-columns.ts';
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
              {isField(id) ? <span className="axis">{id.startsWith('attr:') ? 'search attribute' : 'memo'}</span> : null}
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
                {isField(id) ? <span className="axis">search attribute</span> : null}
              </label>
            </li>
          ))}
        </ul>
      ) : null}
      <MemoField onAdd={(name) => (columns.includes(`memo:${name}`) ? undefined : setColumns(toggleColumn(columns, `memo:${name}`)))} />
    </Dialog>
  );
}

/** Memos have no list of names, so the name is typed. */
function MemoField({ onAdd }: { onAdd: (name: string) => void }) {
  const id = useId();
  const [name, setName] = useState('');
  return (
    <form
      className="fld"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return;
        onAdd(name.trim());
        setName('');
      }}
    >
      <label htmlFor={id}>A field of the memo</label>
      <span className="row">
        <input id={id} className="input" value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        <button className="btn" type="submit">
          Add
        </button>
      </span>
    </form>
  );
}
