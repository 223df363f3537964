'use client';
import { useEffect, useState } from 'react';

/** The value once it has stayed the same for so many milliseconds: what is done for it is not done for each key. */
export function useSettled<Value>(value: Value, ms: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
