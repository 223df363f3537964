'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../ui/toasts.tsx';

/** The name of the namespace must be written before it goes. */
export function DeleteNamespace({ name }: { name: string }) {
  const router = useRouter();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [written, setWritten] = useState('');
  const [error, setError] = useState<string>();
  const close = () => {
    setOpen(false);
    setWritten('');
    setError(undefined);
  };
  const remove = async () => {
    try {
      await api.namespace.remove.mutate({ namespace: name });
      tell(`Namespace ${name} deleted.`);
      await client.invalidateQueries({ queryKey: ['namespaces'] });
      router.push(paths.namespaces);
    } catch (failed) {
      setError(toProblem(failed).message);
    }
  };
  return (
    <section className="sec">
      <h2>Delete</h2>
      <p className="mid">The namespace goes with all its runs, histories and schedules. It cannot be brought back.</p>
      <ActButton needs="administer" className="btn danger delb" onClick={() => setOpen(true)}>
        Delete {name}…
      </ActButton>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={`Delete the namespace ${name}?`}
        footer={
          <>
            <button className="btn quiet" type="button" onClick={close}>
              Keep it
            </button>
            <button className="btn danger" type="button" disabled={written !== name} onClick={() => void remove()}>
              Delete namespace
            </button>
          </>
        }
      >
        <p className="mid">All its runs, histories and schedules go with it. Workers and clients that use it are refused from now on.</p>
        <div className={`fld ${error ? 'err' : ''}`}>
          <label htmlFor="delete-name">
            Write <b>{name}</b> to go on
          </label>
          <input
            id="delete-name"
            className="input mono"
            value={written}
            onChange={(event) => setWritten(event.target.value)}
            spellCheck={false}
            autoComplete="off"
          />
          {error ? (
            <p className="msg" role="alert">
              {error}
            </p>
          ) : null}
        </div>
      </Dialog>
    </section>
  );
}
