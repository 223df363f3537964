import type { Metadata } from 'next';
import { ImportHistory } from '../../features/import-history/import-history.tsx';

export const metadata: Metadata = { title: 'Import a history' };

export default function ImportPage() {
  return <ImportHistory />;
}
