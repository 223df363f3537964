'use client';
import { useRouter } from 'next/navigation';
import type { DragEvent } from 'react';
import { useState } from 'react';
import type { ImportAnswer } from '../../data/file-runs.ts';
import { useImports } from '../../data/imports.ts';
import { namespaceOfFile, paths } from '../../data/paths.ts';
import { plural } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { tellNotLoaded } from '../../ui/tell-not-loaded.ts';
import { ImportedTable } from './imported-table.tsx';
import './import-history.css';

interface Fault {
  readonly name: string;
  readonly fault: string;
}

/** Opens histories from files. What is read stays in this browser. */
export function ImportHistory() {
  const router = useRouter();
  const { files, isFleeting } = useImports();
  const [isOver, setOver] = useState(false);
  const [isReading, setReading] = useState(false);
  const [faults, setFaults] = useState<readonly Fault[]>([]);

  const take = async (picked: readonly File[]) => {
    if (picked.length === 0) return;
    setReading(true);
    setFaults([]);
    const reader = await import('../../data/file-runs.ts').catch(() => undefined);
    if (reader === undefined) {
      setReading(false);
      return await tellNotLoaded('What reads files');
    }
    const read: { name: string; answer: ImportAnswer }[] = [];
    // One after the other: a large file takes the browser's whole attention.
    for (const file of picked) read.push({ name: file.name, answer: await reader.importFile(file) });
    setReading(false);
    setFaults(read.flatMap(({ name, answer }) => (answer.ok ? [] : [{ name, fault: answer.fault }])));
    const [only] = read;
    if (read.length === 1 && only?.answer.ok)
      router.push(paths.run({ ...only.answer.info, namespace: namespaceOfFile(only.answer.info.id) }));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  };
  return (
    <div className="page">
      <main
        className={cx('main pg-import', isOver && 'is-over')}
        id="main"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
        }}
        onDrop={drop}
      >
        <div className="bar">
          <h1>Import a history</h1>
          <span className="axis">{files === undefined || files.length === 0 ? '' : plural(files.length, 'file')}</span>
        </div>
        <div className="scroll">
          <section className="drop" aria-label="File">
            <Icon name="import" className="big" />
            <div>
              <p className="lead">
                <label className="linkb pick">
                  Choose a file
                  <input
                    className="sr"
                    type="file"
                    accept=".json,application/json"
                    multiple
                    onChange={(event) => {
                      void take([...(event.target.files ?? [])]);
                      // The same file may be chosen again, once it was mended.
                      event.target.value = '';
                    }}
                  />
                </label>{' '}
                or drop it anywhere on this page.
              </p>
              <p className="mid">
                A history as JSON, of up to 100 MB: <code>temporal workflow show --output json</code>, a console’s download, or this
                console’s own. It is read in this browser and stays here; nothing is sent anywhere.
              </p>
              <p className="small mid" role="status">
                {isReading ? 'Reading…' : isFleeting ? 'This browser keeps no files for pages, so they are gone with this page.' : ''}
              </p>
            </div>
          </section>
          {faults.length > 0 ? (
            <div role="alert">
              <ul className="faults">
                {faults.map(({ name, fault }) => (
                  <li key={name} className="fail st-failed">
                    <b>{name} was not imported</b>
                    <span className="mid">{fault}</span>
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
          {files === undefined || files.length === 0 ? null : <ImportedTable files={files} />}
        </div>
      </main>
    </div>
  );
}
