'use client';
import { useQueryClient } from '@tanstack/react-query';
import { firstLine } from '../lib/text.ts';
import { Hollow } from './hollow.tsx';
import { doesAnswer, isNotLoaded } from './not-loaded.ts';
import { tellNotLoaded } from './tell-not-loaded.ts';
import { tell } from './toasts.tsx';

interface BrokenPaneProps {
  /** What it holds, as it stands in the diagnostics. */
  readonly pane: string;
  readonly error: Error & { readonly digest?: string };
  /** Which components it happened in, where that is known. */
  readonly where?: string;
  readonly onRetry: () => void;
}

/** What stands in the place of a pane that broke while it was drawn. What it tells of itself holds no payloads. */
export function BrokenPane({ pane, error, where = '', onRetry }: BrokenPaneProps) {
  const client = useQueryClient();
  const isMissing = isNotLoaded(error);
  const retry = () => {
    // What it broke on is read anew; nobody looks at it now.
    client.removeQueries({ type: 'inactive' });
    onRetry();
  };
  const copy = () => void navigator.clipboard.writeText(diagnosticsOf(pane, error, where)).then(() => tell('Diagnostics copied.'));
  return (
    <Hollow
      icon={isMissing ? 'plug' : 'errors'}
      title={isMissing ? 'A part of this pane could not be loaded.' : 'This pane broke while it was drawn.'}
      actions={
        <>
          <button className="btn" type="button" onClick={isMissing ? () => void loadAnew() : retry}>
            {isMissing ? 'Load the page anew' : 'Draw it again'}
          </button>
          <button className="btn quiet" type="button" onClick={copy}>
            Copy diagnostics
          </button>
        </>
      }
    >
      {isMissing ? (
        <p className="mid" role="alert">
          The console did not answer when it was asked for.
        </p>
      ) : (
        <p className="fail st-failed" role="alert">
          <b>{error.name}</b>
          <span className="mid">{firstLine(error.message, 400)}</span>
        </p>
      )}
    </Hollow>
  );
}

/** What the framework failed to load it never asks for again. The page is not given up for one that is not there. */
async function loadAnew(): Promise<void> {
  if (await doesAnswer()) location.reload();
  else await tellNotLoaded('The page');
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
