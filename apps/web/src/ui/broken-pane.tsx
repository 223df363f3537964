'use client';
import { useQueryClient } from '@tanstack/react-query';
import { firstLine } from '../lib/text.ts';
import { Hollow } from './hollow.tsx';
import { tell } from './toasts.tsx';

interface BrokenPaneProps {
  readonly pane: string;
  readonly error: Error & { readonly digest?: string };
  /** Which components it happened in, where that is known. */
  readonly where?: string;
  readonly onRetry: () => void;
}

/** What stands in the place of a pane that broke while it was drawn. What it tells of itself holds no payloads. */
export function BrokenPane({ pane, error, where = '', onRetry }: BrokenPaneProps) {
  const client = useQueryClient();
  const retry = () => {
    // What it broke on is read anew; nobody looks at it now.
    client.removeQueries({ type: 'inactive' });
    onRetry();
  };
  const copy = () => void navigator.clipboard.writeText(diagnosticsOf(pane, error, where)).then(() => tell('Diagnostics copied.'));
  return (
    <Hollow
      icon="errors"
      title="This pane broke while it was drawn."
      actions={
        <>
          <button className="btn" type="button" onClick={retry}>
            Draw it again
          </button>
          <button className="btn quiet" type="button" onClick={copy}>
            Copy diagnostics
          </button>
        </>
      }
    >
      <p className="fail st-failed" role="alert">
        <b>{error.name}</b>
        <span className="mid">{firstLine(error.message, 400)}</span>
      </p>
    </Hollow>
  );
}

const STACK_MAX = 4000;

function diagnosticsOf(pane: string, { name, message, stack, digest }: BrokenPaneProps['error'], where: string): string {
  return [
    `Pane: ${pane}`,
    `Address: ${location.pathname}`,
    `At: ${new Date().toISOString()}`,
    `Browser: ${navigator.userAgent}`,
    ...(digest === undefined ? [] : [`Digest: ${digest}`]),
    `${name}: ${message}`,
    stack?.slice(0, STACK_MAX) ?? '',
    where.slice(0, STACK_MAX),
  ]
    .filter(Boolean)
    .join('\n');
}
