'use client';
import { OrderMenu } from './order-menu.tsx';
import type { Arrangement } from './use-arrangement.ts';

/** How the rows are shown, beside what chooses them. */
export function ArrangeTools({ arrangement }: { readonly arrangement: Arrangement }) {
  const { asked, onOrder, isTable, onTable } = arrangement;
  return (
    <>
      <OrderMenu order={asked} onOrder={onOrder} />
      <button className="btn quiet cp-b" type="button" aria-keyshortcuts="v" aria-pressed={isTable} onClick={onTable}>
        Table{' '}
        <span className="kbd" aria-hidden="true">
          V
        </span>
      </button>
    </>
  );
}
