const WIDTHS = [62, 48, 70, 55, 66, 44, 58, 72, 50, 60, 46, 64];

/** Rows in the real columns, shown only once the data is late (300 ms), so that quick answers never flicker. */
export function SkeletonRows({ columns, rows = 12 }: { columns: number; rows?: number }) {
  return (
    <>
      {Array.from({ length: rows }, (_, row) => (
        <tr key={row} className="late" aria-hidden="true">
          {Array.from({ length: columns }, (__, column) => (
            <td key={column}>
              <span className="sk" style={{ width: `${WIDTHS[(row + column * 5) % WIDTHS.length]}%` }} />
            </td>
          ))}
        </tr>
      ))}
    </>
  );
}
