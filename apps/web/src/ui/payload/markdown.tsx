'use client';
import type { Components } from 'react-markdown';
import Markdown, { defaultUrlTransform } from 'react-markdown';
import remarkGfm from 'remark-gfm';

const SAFE = /^(https?:|mailto:)/i;

/** The page has its own headings; these are only louder lines. */
const Heading: NonNullable<Components['h1']> = ({ children }) => <p className="md-h">{children}</p>;
const Anchor: NonNullable<Components['a']> = ({ href, children }) =>
  href ? (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );
const Table: NonNullable<Components['table']> = ({ children }) => (
  <div className="md-t" tabIndex={0} role="region" aria-label="Table">
    <table>{children}</table>
  </div>
);
const Code: NonNullable<Components['pre']> = ({ children }) => (
  <pre className="code" tabIndex={0}>
    {children}
  </pre>
);

const PLUGINS = [remarkGfm];
const COMPONENTS: Components = {
  a: Anchor,
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  table: Table,
  pre: Code,
};

/** Markdown without the markup of pages in it. Links lead to the web or to a mailbox and nowhere else; images are not loaded. */
export function MarkdownText({ text }: { text: string }) {
  return (
    <Markdown
      remarkPlugins={PLUGINS}
      skipHtml
      disallowedElements={['img', 'input']}
      urlTransform={(url) => (SAFE.test(url) ? defaultUrlTransform(url) : '')}
      components={COMPONENTS}
    >
      {text}
    </Markdown>
  );
}
