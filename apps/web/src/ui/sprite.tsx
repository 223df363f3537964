/** Every icon of the product, once per page; `Icon` and `Glyph` refer to them by name. */
export function Sprite() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true">
      <symbol id="g-canceled" viewBox="0 0 14 14">
        <circle cx="7" cy="7" r="5" />
        <path d="m3.6 10.4 6.8-6.8" />
      </symbol>
      <symbol id="g-completed" viewBox="0 0 14 14">
        <path d="M2.5 7.5 5.5 10.5 11.5 3.8" />
      </symbol>
      <symbol id="g-continued" viewBox="0 0 14 14">
        <path d="M11.8 7A4.8 4.8 0 1 1 10 3.2M10.4.9v2.6H7.8" />
      </symbol>
      <symbol id="g-failed" viewBox="0 0 14 14">
        <path d="m3.2 3.2 7.6 7.6m0-7.6-7.6 7.6" />
      </symbol>
      <symbol id="g-paused" viewBox="0 0 14 14">
        <path d="M4.8 3v8m4.4-8v8" strokeWidth="2.2" />
      </symbol>
      <symbol id="g-retrying" viewBox="0 0 14 14">
        <path d="M2.2 7A4.8 4.8 0 1 0 4 3.2M3.6.9v2.6h2.6" />
      </symbol>
      <symbol id="g-running" viewBox="0 0 14 14">
        <circle cx="7" cy="7" r="5" />
        <path d="M7 2a5 5 0 0 1 0 10z" fill="currentColor" stroke="none" />
      </symbol>
      <symbol id="g-scheduled" viewBox="0 0 14 14">
        <circle cx="7" cy="7" r="5" />
        <path d="M7 4.2V7l2 1.4" />
      </symbol>
      <symbol id="g-taskfail" viewBox="0 0 14 14">
        <path d="M7 2 12.6 12H1.4zM7 5.6v3m0 1.7v.1" />
      </symbol>
      <symbol id="g-terminated" viewBox="0 0 14 14">
        <rect x="3" y="3" width="8" height="8" rx="1" fill="currentColor" />
      </symbol>
      <symbol id="g-timedout" viewBox="0 0 14 14">
        <path d="M12 6.2A5.2 5.2 0 1 0 6.2 12.1M7 4v3L5 8.4m4 .6 3 3m0-3-3 3" />
      </symbol>
      <symbol id="i-activity" viewBox="0 0 16 16">
        <path d="m8 1.8 5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9z" />
        <circle cx="8" cy="8" r="2.1" />
      </symbol>
      <symbol id="i-attr" viewBox="0 0 16 16">
        <path d="M2.5 8.5 8.5 2.5H13.5V7.5L7.5 13.5z" />
        <path d="M10.8 5.2v.01" />
      </symbol>
      <symbol id="i-back" viewBox="0 0 16 16">
        <path d="M13 8H3.5M7 4.5 3.5 8 7 11.5" />
      </symbol>
      <symbol id="i-batches" viewBox="0 0 16 16">
        <path d="m8 2 6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3" />
      </symbol>
      <symbol id="i-child" viewBox="0 0 16 16">
        <path d="M3.5 2.5V8a3 3 0 0 0 3 3h6M10 8.5l2.5 2.5-2.5 2.5" />
      </symbol>
      <symbol id="i-cols" viewBox="0 0 16 16">
        <rect x="2.5" y="3" width="11" height="10" rx="1.2" />
        <path d="M6.2 3v10M9.8 3v10" />
      </symbol>
      <symbol id="i-copy" viewBox="0 0 16 16">
        <rect x="5.5" y="5.5" width="8" height="8" rx="1.2" />
        <path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
      </symbol>
      <symbol id="i-deployments" viewBox="0 0 16 16">
        <path d="M8 13.5V3M4.5 6.2 8 2.8l3.5 3.4M3 13.5h10" />
      </symbol>
      <symbol id="i-dots" viewBox="0 0 16 16">
        <path d="M3.5 8v.01M8 8v.01M12.5 8v.01" strokeWidth="2" />
      </symbol>
      <symbol id="i-down" viewBox="0 0 16 16">
        <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />
      </symbol>
      <symbol id="i-down2" viewBox="0 0 16 16">
        <path d="M8 2.5v8M4.5 7.5 8 11l3.5-3.5M3 13.5h10" />
      </symbol>
      <symbol id="i-edit" viewBox="0 0 16 16">
        <path d="M3 13l.6-2.8 7.2-7.2 2.2 2.2-7.2 7.2zM9.5 4.3l2.2 2.2" />
      </symbol>
      <symbol id="i-errors" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="5.8" />
        <path d="M8 5v3.5m0 2.2v.1" />
      </symbol>
      <symbol id="i-import" viewBox="0 0 16 16">
        <path d="M8 2v8M4.8 6.8 8 10l3.2-3.2M2.5 11v2.5h11V11" />
      </symbol>
      <symbol id="i-left" viewBox="0 0 16 16">
        <path d="m9.5 4.5-3.5 3.5 3.5 3.5" />
      </symbol>
      <symbol id="i-link" viewBox="0 0 16 16">
        <path d="M6.8 9.2a2.5 2.5 0 0 0 3.6 0l2-2a2.5 2.5 0 0 0-3.6-3.6l-.8.8M9.2 6.8a2.5 2.5 0 0 0-3.6 0l-2 2a2.5 2.5 0 0 0 3.6 3.6l.8-.8" />
      </symbol>
      <symbol id="i-local" viewBox="0 0 16 16">
        <path d="m8 1.8 5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9z" />
        <circle cx="8" cy="8" r="1.4" fill="currentColor" stroke="none" />
      </symbol>
      <symbol id="i-lock" viewBox="0 0 16 16">
        <rect x="3.5" y="7" width="9" height="6.5" rx="1.2" />
        <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
      </symbol>
      <symbol id="i-marker" viewBox="0 0 16 16">
        <path d="M4.5 2.5h7V13.5L8 10.8l-3.5 2.7z" />
      </symbol>
      <symbol id="i-minus" viewBox="0 0 16 16">
        <path d="M3.5 8h9" />
      </symbol>
      <symbol id="i-next" viewBox="0 0 16 16">
        <path d="M12 3.5v9M4 4l5.5 4L4 12z" />
      </symbol>
      <symbol id="i-overview" viewBox="0 0 16 16">
        <path d="M2.5 13.5h11M4 11V7.5M8 11V3M12 11V5.5" />
      </symbol>
      <symbol id="i-plug" viewBox="0 0 16 16">
        <path d="M5.5 2v3.5M10.5 2v3.5M3.5 5.5h9V8a4.5 4.5 0 0 1-9 0zM8 12.5V14.5" />
      </symbol>
      <symbol id="i-plus" viewBox="0 0 16 16">
        <path d="M8 3.5v9M3.5 8h9" />
      </symbol>
      <symbol id="i-prev" viewBox="0 0 16 16">
        <path d="M4 3.5v9M12 4 6.5 8l5.5 4z" />
      </symbol>
      <symbol id="i-queues" viewBox="0 0 16 16">
        <path d="M2.5 4.5h8M2.5 8h8M2.5 11.5h8M13.5 6v4M12.2 8.8l1.3 1.3 1.3-1.3" />
      </symbol>
      <symbol id="i-right" viewBox="0 0 16 16">
        <path d="m6.5 4.5 3.5 3.5-3.5 3.5" />
      </symbol>
      <symbol id="i-rows" viewBox="0 0 16 16">
        <path d="M2.5 4h11M2.5 8h11M2.5 12h11" />
      </symbol>
      <symbol id="i-schedules" viewBox="0 0 16 16">
        <rect x="2.5" y="3.5" width="11" height="10" rx="1.5" />
        <path d="M2.5 6.8h11M5.5 2v2.5M10.5 2v2.5" />
      </symbol>
      <symbol id="i-search" viewBox="0 0 16 16">
        <circle cx="7" cy="7" r="4.3" />
        <path d="m10.3 10.3 3.2 3.2" />
      </symbol>
      <symbol id="i-settings" viewBox="0 0 16 16">
        <path d="M2 5h7M13 5h1M2 11h1M7 11h7" />
        <circle cx="11" cy="5" r="1.8" />
        <circle cx="5" cy="11" r="1.8" />
      </symbol>
      <symbol id="i-signal" viewBox="0 0 16 16">
        <path d="M3.5 14V2.5h9L10.5 6l2 3.5h-9" />
      </symbol>
      <symbol id="i-start" viewBox="0 0 16 16">
        <path d="M5 3.2 12.5 8 5 12.8z" />
      </symbol>
      <symbol id="i-theme" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="5.2" />
        <path d="M8 2.8a5.2 5.2 0 0 1 0 10.4z" fill="currentColor" stroke="none" />
      </symbol>
      <symbol id="i-timer" viewBox="0 0 16 16">
        <path d="M4 2h8M4 14h8M4.8 2c0 3.2 3.2 4 3.2 6s-3.2 2.8-3.2 6M11.2 2c0 3.2-3.2 4-3.2 6s3.2 2.8 3.2 6" />
      </symbol>
      <symbol id="i-up" viewBox="0 0 16 16">
        <path d="m4.5 9.5 3.5-3.5 3.5 3.5" />
      </symbol>
      <symbol id="i-update" viewBox="0 0 16 16">
        <path d="M5 13V3M2.5 5.5 5 3l2.5 2.5M11 3v10M8.5 10.5 11 13l2.5-2.5" />
      </symbol>
      <symbol id="i-wft" viewBox="0 0 16 16">
        <path d="M4 3v10M8 5.5v5M12 3v10" />
      </symbol>
      <symbol id="i-workers" viewBox="0 0 16 16">
        <rect x="3" y="3" width="10" height="10" rx="1.5" />
        <path d="M6 6h4v4H6zM6 1v2M10 1v2M6 13v2M10 13v2M1 6h2M1 10h2M13 6h2M13 10h2" />
      </symbol>
      <symbol id="i-workflows" viewBox="0 0 16 16">
        <path d="M2.5 4h7M5 8h8.5M2.5 12h6" />
      </symbol>
      <symbol id="i-x" viewBox="0 0 16 16">
        <path d="m4.5 4.5 7 7m0-7-7 7" />
      </symbol>
    </svg>
  );
}
