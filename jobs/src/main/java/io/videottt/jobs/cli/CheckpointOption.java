package io.videottt.jobs.cli;

import io.videottt.base.InvalidInputException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How often a unit's state is kept. */
final class CheckpointOption {

  private static final double MOST_MINUTES = 1e6;
  private static final double SECONDS_PER_MINUTE = 60;

  @Option(
      names = "--checkpoint-minutes",
      defaultValue = "5",
      paramLabel = "MINUTES",
      description =
          "Least minutes between two checkpoints of a unit, from which it goes on after a "
              + "failure (default: ${DEFAULT-VALUE}; they take about one percent of the time at "
              + "most).")
  private double minutes;

  /**
   * @throws InvalidInputException when the number cannot be a number of minutes
   */
  Duration interval() {
    if (!(minutes >= 0 && minutes <= MOST_MINUTES)) {
      throw new InvalidInputException(
          "--checkpoint-minutes is %s, expected 0 to %s".formatted(minutes, MOST_MINUTES));
    }
    return Duration.ofMillis(Math.round(minutes * SECONDS_PER_MINUTE * 1000));
  }
}
