package io.videottt.jobs.sweep.config;

import java.util.List;

/**
 * Which results are not taken as they are.
 *
 * @param changed whether results of data that has changed since are computed anew
 * @param accepted whether they are kept, as if computed on the data of today
 * @param forced ids of units or names of methods or videos whose results are computed anew
 */
public record Rerun(boolean changed, boolean accepted, List<String> forced) {

  /** Takes all results as they are, and stops where their data has changed. */
  static final Rerun NOTHING = new Rerun(false, false, List.of());

  public Rerun {
    forced = List.copyOf(forced);
  }
}
