'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../ui/toasts.tsx';
import type { NamespaceErrors } from './namespace-draft.ts';
import { checkNamespace, EMPTY_NAMESPACE } from './namespace-draft.ts';
import { NamespaceFields } from './namespace-fields.tsx';

export function CreateDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const id = useId();
  const client = useQueryClient();
  const [draft, setDraft] = useState(EMPTY_NAMESPACE);
  const [errors, setErrors] = useState<NamespaceErrors>({});
  const create = async () => {
    const checked = checkNamespace(draft);
    setErrors(checked.errors);
    if (checked.request === undefined) return;
    try {
      await api.namespace.create.mutate({ ...checked.request });
      await client.invalidateQueries({ queryKey: ['namespaces'] });
      tell(`Namespace ${checked.request.name} created.`);
      setDraft(EMPTY_NAMESPACE);
      onClose();
    } catch (error) {
      const problem = toProblem(error);
      setErrors(problem.code === 'ALREADY_EXISTS' ? { name: 'There is a namespace with this name.' } : { send: problem.message });
    }
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="New namespace"
      isWide
      footer={
        <>
          <button className="btn quiet" type="button" onClick={onClose}>
            Cancel
          </button>
          <button className="btn primary" type="button" onClick={() => void create()}>
            Create namespace
          </button>
        </>
      }
    >
      <div className="nsf">
        <NamespaceFields id={id} draft={draft} errors={errors} isNew onChange={(change) => setDraft((old) => ({ ...old, ...change }))} />
      </div>
      {errors.send ? (
        <p className="msgl" role="alert">
          {errors.send}
        </p>
      ) : null}
    </Dialog>
  );
}
