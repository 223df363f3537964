'use client';
import { useState } from 'react';

/** True from the first time on: what is opened for a while stays drawn when it closes, and costs nothing before. */
export function useOnce(isWanted: boolean): boolean {
  const [wasWanted, setWanted] = useState(isWanted);
  if (isWanted && !wasWanted) setWanted(true);
  return wasWanted || isWanted;
}
