'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, isAway, toProblem } from '../../data/api-client.ts';
import { searchAttributes } from '../../data/namespace-queries.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { tell } from '../../ui/toasts.tsx';

const TYPES = ['Keyword', 'KeywordList', 'Text', 'Int', 'Double', 'Bool', 'Datetime'] as const;
type AttributeType = (typeof TYPES)[number];

/** The attributes that runs of the namespace can be found by. Hidden where the server keeps them to itself. */
export function SearchAttributes({ name }: { name: string }) {
  const { data, isPending, error } = useQuery(searchAttributes(name));
  const client = useQueryClient();
  const [removing, setRemoving] = useState<string>();
  const [problem, setProblem] = useState<string>();
  if (data?.isSupported === false) return null;
  const refresh = () => client.invalidateQueries({ queryKey: ['search-attributes', name] });
  const remove = async () => {
    if (removing === undefined) return;
    try {
      await api.searchAttribute.remove.mutate({ namespace: name, name: removing });
      tell(`${removing} removed.`);
      setRemoving(undefined);
      await refresh();
    } catch (failed) {
      setProblem(toProblem(failed).message);
    }
  };
  return (
    <section className="sec">
      <h2>Search attributes</h2>
      {error ? (
        <p className="mid">{isAway(error) ? 'Shown as soon as the engine answers.' : toProblem(error).message}</p>
      ) : (
        <>
          <AddAttribute name={name} taken={(data?.rows ?? []).map((row) => row.name)} onAdded={refresh} />
          <table role="table" className="grid attrs" aria-label="Search attributes">
            <colgroup>
              <col />
              <col style={{ width: 140 }} />
              <col style={{ width: 160 }} />
            </colgroup>
            <thead role="rowgroup">
              <tr role="row">
                {['Name', 'Type', 'Kept by'].map((head) => (
                  <th role="columnheader" scope="col" key={head}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {isPending ? <SkeletonRows columns={3} rows={6} /> : null}
              {(data?.rows ?? []).map((row) => (
                <tr role="row" key={row.name}>
                  <td role="cell" className="mono">
                    {row.name}
                  </td>
                  <td role="cell" className="mid">
                    {row.type}
                  </td>
                  <td role="cell">
                    {row.isSystem ? (
                      <span className="dim">every server</span>
                    ) : (
                      <button
                        className="linkb"
                        type="button"
                        aria-label={`Remove ${row.name}`}
                        onClick={() => {
                          setProblem(undefined);
                          setRemoving(row.name);
                        }}
                      >
                        Remove…
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <Dialog
        isOpen={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={`Remove ${removing ?? ''}?`}
        footer={
          <>
            <button className="btn quiet" type="button" onClick={() => setRemoving(undefined)}>
              Keep it
            </button>
            <button className="btn danger" type="button" onClick={() => void remove()}>
              Remove attribute
            </button>
          </>
        }
      >
        <p className="mid">Runs can no longer be found by it, and starts and updates that set it are refused.</p>
        {problem ? (
          <p className="msgl" role="alert">
            {problem}
          </p>
        ) : null}
      </Dialog>
    </section>
  );
}

const isType = (value: string): value is AttributeType => TYPES.some((type) => type === value);

interface AddAttributeProps {
  readonly name: string;
  readonly taken: readonly string[];
  readonly onAdded: () => Promise<void>;
}

function AddAttribute({ name, taken, onAdded }: AddAttributeProps) {
  const [attribute, setAttribute] = useState('');
  const [type, setType] = useState<AttributeType>('Keyword');
  const [error, setError] = useState<string>();
  const add = async () => {
    const wanted = attribute.trim();
    if (wanted === '' || taken.includes(wanted)) {
      setError(wanted === '' ? 'An attribute needs a name.' : `${wanted} is there already.`);
      return;
    }
    try {
      await api.searchAttribute.add.mutate({ namespace: name, name: wanted, type });
      setAttribute('');
      setError(undefined);
      tell(`${wanted} added.`);
      await onAdded();
    } catch (failed) {
      setError(toProblem(failed).message);
    }
  };
  return (
    <form
      className="addattr"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <input
        className="input mono"
        aria-label="Name of the new attribute"
        placeholder="Name"
        value={attribute}
        onChange={(event) => setAttribute(event.target.value)}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby="attr-m"
      />
      <select
        className="input"
        aria-label="Type of the new attribute"
        value={type}
        onChange={(event) => setType(isType(event.target.value) ? event.target.value : 'Keyword')}
      >
        {TYPES.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      <ActButton needs="administer" type="submit">
        <Icon name="plus" small />
        Add attribute
      </ActButton>
      <span id="attr-m" className="msgl" role={error ? 'alert' : undefined}>
        {error}
      </span>
    </form>
  );
}
