package io.videottt.jobs.sweep.plan;

/**
 * Under which name a unit's results stand in tables. Names are no part of a unit's identity: what
 * one sweep has run as the only setting of a method may be one of several in the next, which runs
 * nothing again and shows it under its own name; in a sweep of several files a unit may have
 * several names.
 *
 * @param unit the unit's id
 * @param model label of the weights
 * @param trainingSeed seed that the weights were trained with, null where it is not told
 * @param variant name of the settings, empty for the only ones
 */
public record ResultLabel(String unit, String model, Long trainingSeed, String variant) {

  public static ResultLabel of(Unit unit) {
    return new ResultLabel(
        unit.id(), unit.model(), unit.adaptation().trainingSeed(), unit.variant());
  }
}
