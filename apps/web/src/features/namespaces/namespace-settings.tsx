'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useId, useState } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { api, toProblem } from '../../data/api-client.ts';
import { namespace } from '../../data/namespace-queries.ts';
import { paths } from '../../data/paths.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { tell } from '../../ui/toasts.tsx';
import { Unread } from '../../ui/unread.tsx';
import { CodecSection } from './codec-section.tsx';
import { DeleteNamespace } from './delete-namespace.tsx';
import type { NamespaceErrors } from './namespace-draft.ts';
import { checkNamespace, draftOf } from './namespace-draft.ts';
import { NamespaceFields } from './namespace-fields.tsx';
import { SearchAttributes } from './search-attributes.tsx';
import './namespaces.css';

export function NamespaceSettings({ name }: { name: string }) {
  const { data, error } = useQuery(namespace(name));
  return (
    <div className="page pg-namespaces">
      <main className="main" id="main">
        <div className="bar">
          <h1>Settings</h1>
          <span className="dim">of the namespace {name}</span>
          <span className="grow" />
          <Link className="btn" href={paths.namespaces}>
            All namespaces
          </Link>
        </div>
        {error && data === undefined ? (
          <Unread problem={toProblem(error)} what="The namespace" isOne missing={{ title: `There is no namespace ${name}.` }} />
        ) : data === undefined ? null : (
          <div className="scroll">
            <Fields stored={data} />
            <CodecSection name={name} />
            <SearchAttributes name={name} />
            <DeleteNamespace name={name} />
          </div>
        )}
      </main>
    </div>
  );
}

function Fields({ stored }: { stored: ApiOutput['namespace']['describe'] }) {
  const id = useId();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(stored));
  const [errors, setErrors] = useState<NamespaceErrors>({});
  const [isSending, setSending] = useState(false);
  const save = async () => {
    const checked = checkNamespace(draft, stored);
    setErrors(checked.errors);
    if (checked.request === undefined) return;
    setSending(true);
    try {
      const { name, ...request } = checked.request;
      await api.namespace.update.mutate({ namespace: name, ...request });
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'namespaces' || queryKey[0] === 'namespace' });
      tell('Settings saved.');
    } catch (error) {
      setErrors({ send: toProblem(error).message });
    } finally {
      setSending(false);
    }
  };
  return (
    <section className="sec">
      <h2>Namespace</h2>
      <form
        className="nsf"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className="f">
          <span className="lab">ID</span>
          <span className="row mono idv">
            {stored.id} <CopyButton text={stored.id} what="namespace id" />
          </span>
        </div>
        <NamespaceFields
          id={id}
          draft={draft}
          errors={errors}
          isNew={false}
          onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
        />
        <div className="f">
          <span />
          <span className="row">
            <ActButton needs="administer" className="btn primary" type="submit" disabled={isSending}>
              Save settings
            </ActButton>
            {errors.send ? (
              <span className="msgl" role="alert">
                {errors.send}
              </span>
            ) : null}
          </span>
        </div>
      </form>
    </section>
  );
}
