'use client';
import { useState } from 'react';
import { Icon } from '../icon.tsx';
import { saveFile } from '../save-file.ts';
import type { Revealing } from './hidden.tsx';
import { useIsKnown } from './hidden.tsx';
import { maskedLook, secretsOfLook } from './masked-look.ts';
import type { ShownPayload } from './payload-look.ts';
import { fileNameOf, isWhole, lookAt } from './payload-look.ts';

interface DownloadButtonProps {
  readonly payload: ShownPayload;
  readonly label: string;
  readonly place: string;
  readonly revealing: Revealing;
  readonly onWhole: (() => Promise<ShownPayload>) | undefined;
}

/** A file holds all of it: where that are secrets, the audit has it first, and the page shows them too. */
export function DownloadButton({ payload, label, place, revealing, onWhole }: DownloadButtonProps) {
  const [isBusy, setBusy] = useState(false);
  const isKnown = useIsKnown();
  if (payload.bytes === 0 || (!isWhole(payload) && onWhole === undefined)) return null;
  const save = async () => {
    setBusy(true);
    try {
      const all = isWhole(payload) || onWhole === undefined ? payload : await onWhole();
      const write = () => saveFile(fileNameOf(all, label), new Uint8Array(all.data), 'application/octet-stream');
      const look = lookAt(all);
      if (maskedLook(look, place, isKnown) === look) write();
      else revealing.reveal?.(() => secretsOfLook(look, place), write);
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      className="copy"
      type="button"
      aria-label={`Download ${label.toLowerCase()}`}
      disabled={isBusy || revealing.reveal === undefined}
      onClick={() => void save()}
    >
      <Icon name="import" small />
    </button>
  );
}
