'use client';
import { usePathname } from 'next/navigation';
import { Suspense, useEffect, useState } from 'react';
import { late } from '../../ui/late.tsx';
import type { CardSubject } from './card-subject.ts';
import { CARD_CLASS, subjectOf, subjectOfFocus } from './card-subject.ts';

const HoverCard = late(undefined, () => import('./hover-card.tsx').then((module) => module.HoverCard));

/** A pointer that passes asks for nothing, and one that goes over to the card finds it there. */
const IN_MS = 150;
const OUT_MS = 80;

/**
 * What a moment is in other clocks, and how another run stands: beside whatever is pointed at or has the focus.
 * One for the whole page, which listens where all events come by, so that a thousand times in a table cost nothing.
 */
export function HoverCards() {
  const path = usePathname();
  const [shown, setShown] = useState<CardSubject>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wanted: Element | undefined;
    let open: Element | undefined;
    const show = (subject: CardSubject | undefined) => {
      open = subject?.anchor;
      setShown(subject);
    };
    const want = (subject: CardSubject | undefined) => {
      if (subject?.anchor === wanted) return;
      wanted = subject?.anchor;
      clearTimeout(timer);
      timer = setTimeout(() => show(subject?.anchor.isConnected ? subject : undefined), subject === undefined ? OUT_MS : IN_MS);
    };
    const leave = () => want(undefined);
    const over = ({ target, pointerType }: PointerEvent) => {
      if (pointerType !== 'mouse' || !(target instanceof Element)) return;
      if (target.closest(`.${CARD_CLASS}`) === null) return want(subjectOf(target));
      clearTimeout(timer);
      wanted = open;
    };
    const focus = ({ target }: FocusEvent) => {
      if (target instanceof Element && target.matches(':focus-visible')) want(subjectOfFocus(target));
    };
    const drop = ({ target }: Event) => {
      if (target instanceof Element && target.closest(`.${CARD_CLASS}`) !== null) return;
      wanted = undefined;
      clearTimeout(timer);
      show(undefined);
    };
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener('pointerover', over, { signal });
    document.documentElement.addEventListener('pointerleave', leave, { signal });
    document.addEventListener('focusin', focus, { signal });
    document.addEventListener('focusout', leave, { signal });
    document.addEventListener('pointerdown', drop, { signal });
    // What moved away from under it is no longer what it speaks of.
    document.addEventListener('scroll', drop, { signal, capture: true });
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, []);
  useEffect(() => setShown(undefined), [path]);
  return shown === undefined ? null : (
    <Suspense>
      <HoverCard key={shown.key} subject={shown} onClose={() => setShown(undefined)} />
    </Suspense>
  );
}
