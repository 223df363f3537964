'use client';
import { Suspense } from 'react';
import { late } from './late.tsx';
import { useIsLiving } from './use-is-living.ts';

export interface JsonEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly rows?: number;
  readonly describedBy?: string | undefined;
}

const CodeMirror = late('The editor', () => import('./code-mirror.tsx').then((module) => module.CodeMirror));
const room = <div className="ed" style={{ minHeight: 90 }} aria-hidden="true" />;

/** The editor is large and comes only where JSON is written; until then a plain field of the same size stands in. */
export function JsonEditor(props: JsonEditorProps) {
  if (!useIsLiving()) return room;
  return (
    <Suspense fallback={room}>
      <CodeMirror {...props} />
    </Suspense>
  );
}
