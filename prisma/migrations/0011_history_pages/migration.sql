-- Pages of a history begin at an event. Transitions that wrote none are in no history.
CREATE INDEX "transition_events" ON "transition"("run_id", "first_event_id") WHERE "event_count" > 0;
