'use client';
import { useQuery } from '@tanstack/react-query';
import { systemInfo } from '../../data/queries.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import type { Draft } from './draft.ts';
import { startCommand } from './start-command.ts';

/** What the form would do, in words and as a command. */
export function WillHappen({ namespace, draft }: { namespace: string; draft: Draft }) {
  const { data: info } = useQuery(systemInfo());
  const command = startCommand(draft, { namespace, address: info?.address });
  return (
    <aside className="will" aria-label="What will happen">
      <section className="sec">
        <h2>What will happen</h2>
        <ol className="steps">
          <li>
            A run of <b>{draft.type || '…'}</b> named <span className="mono">{draft.workflowId || '…'}</span> is recorded.
          </li>
          <li>
            Its first task waits on <b>{draft.queue || '…'}</b> until a worker takes it.
          </li>
        </ol>
      </section>
      <section className="sec">
        <h2 className="row">
          Same, from a terminal <span className="grow" />
          <CopyButton text={command.join(' ')} what="command" />
        </h2>
        <pre className="code" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} tabIndex={0} aria-label="Command">
          {command.join(' \\\n    ')}
        </pre>
      </section>
    </aside>
  );
}
