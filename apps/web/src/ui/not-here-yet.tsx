import { Hollow } from './hollow.tsx';

/** Holds the place of what will be read once the engine answers: a pane must not say "none" of what it does not know. */
export function NotHereYet({ what }: { what: string }) {
  return (
    <Hollow icon="plug" title={`${what} not here yet.`}>
      <p className="mid">Shown as soon as the engine answers.</p>
    </Hollow>
  );
}
