/** Rows in the real shape, while the history is on its way. */
export function TimelineSkeleton() {
  return (
    <div className="tl" aria-busy="true">
      {Array.from({ length: 10 }, (_, index) => (
        <div key={index} className="tl-row">
          <div className="tl-name">
            <span className="sk" style={{ width: 90 + ((index * 37) % 70) }} />
          </div>
          <div className="tl-lane">
            <span
              className="sk"
              style={{ position: 'absolute', left: `${(index * 9) % 60}%`, top: 12, width: `${10 + ((index * 13) % 25)}%` }}
            />
          </div>
        </div>
      ))}
    </div>
  );
}
