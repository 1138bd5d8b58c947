package io.videottt.jobs.status;

import io.videottt.adaptation.stream.LastCheckpoint;
import io.videottt.jobs.results.PlannedUnit;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How a planned unit stands.
 *
 * @param unit as planned
 * @param state what the files in the output folder say
 * @param reason why it failed, or why its file or a checkpoint that is there cannot be used
 * @param begun when a running unit was begun
 * @param checkpoint of a running unit
 */
public record UnitStatus(
    PlannedUnit unit,
    State state,
    Optional<String> reason,
    Optional<Instant> begun,
    Optional<LastCheckpoint> checkpoint) {

  /** How a unit stands. */
  public enum State {
    /** Has results. */
    DONE,
    /** Has results that are not what was written; the sweep computes them anew. */
    DAMAGED,
    /** Was begun and has ended without results. */
    FAILED,
    /**
     * Was begun and has not ended: it runs, or its executor died and nobody has taken it up yet.
     */
    RUNNING,
    /** Was never begun. */
    MISSING;

    String title() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static UnitStatus of(PlannedUnit unit, State state) {
    return new UnitStatus(unit, state, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Seconds that are left of the unit's adaptation; what its last checkpoint holds is done. */
  double remainingSeconds() {
    if (state == State.DONE) {
      return 0;
    }
    double done =
        checkpoint.map(c -> Math.min(1.0, c.position() / (double) unit.steps())).orElse(0.0);
    return unit.seconds() * (1 - done);
  }
}
