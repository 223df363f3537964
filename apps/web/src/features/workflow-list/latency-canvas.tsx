'use client';
import { useEffect, useRef } from 'react';
import type { LatencyGrid } from '../../domain/latency-box.ts';

/** The faintest cell, of one run; the fullest is opaque. */
const FAINT = 0.2;
const GAP = 1;
const MARK = 3;

/** The cells, one hue by how many runs they hold; under those with runs that ended badly lies a mark as wide as their share. */
export function LatencyCanvas({ grid }: { grid: LatencyGrid }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const redraw = () => draw(element, grid);
    const stop = new AbortController();
    const size = new ResizeObserver(redraw);
    size.observe(element);
    // A canvas keeps the colours it was painted with.
    const theme = new MutationObserver(redraw);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)'])
      matchMedia(query).addEventListener('change', redraw, { signal: stop.signal });
    return () => {
      size.disconnect();
      theme.disconnect();
      stop.abort();
    };
  }, [grid]);
  return <canvas ref={canvas} className="lat-c" aria-hidden="true" />;
}

function draw(canvas: HTMLCanvasElement, grid: LatencyGrid): void {
  const paint = canvas.getContext('2d');
  if (paint === null) return;
  const { clientWidth, clientHeight } = canvas;
  const ratio = devicePixelRatio;
  canvas.width = Math.round(clientWidth * ratio);
  canvas.height = Math.round(clientHeight * ratio);
  paint.scale(ratio, ratio);
  // Tokens reach a canvas as the values of properties that it has.
  const { color, outlineColor } = getComputedStyle(canvas);
  const width = clientWidth / grid.columns;
  const height = clientHeight / (grid.edges.length - 1);
  const most = Math.max(...grid.cells.map(({ runs }) => runs));
  for (const { column, row, runs, bad } of grid.cells) {
    const left = column * width;
    const top = clientHeight - (row + 1) * height;
    paint.globalAlpha = most === 1 ? 1 : FAINT + (1 - FAINT) * (Math.log(runs) / Math.log(most));
    paint.fillStyle = color;
    paint.fillRect(left, top, width - GAP, height - GAP);
    if (bad === 0) continue;
    paint.globalAlpha = 1;
    paint.fillStyle = outlineColor;
    paint.fillRect(left, top + height - GAP - MARK, Math.max(MARK, (width - GAP) * (bad / runs)), MARK);
  }
}
