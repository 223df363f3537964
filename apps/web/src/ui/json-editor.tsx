'use client';
import dynamic from 'next/dynamic';

export interface JsonEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly rows?: number;
  readonly describedBy?: string | undefined;
}

/** The editor is large and comes only where JSON is written; until then a plain field of the same size stands in. */
export const JsonEditor = dynamic(() => import('./code-mirror.tsx').then((module) => module.CodeMirror), {
  ssr: false,
  loading: () => <div className="ed" style={{ minHeight: 90 }} aria-hidden="true" />,
});
