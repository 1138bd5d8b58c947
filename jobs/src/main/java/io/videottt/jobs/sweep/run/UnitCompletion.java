package io.videottt.jobs.sweep.run;

import io.videottt.jobs.sweep.plan.Unit;
import java.io.Serializable;

/**
 * How a unit ended.
 *
 * @param unit what ran
 * @param seconds wall clock, model loading included
 * @param failure one or two lines for the person who has to mend it; empty on success
 */
record UnitCompletion(Unit unit, double seconds, String failure) implements Serializable {

  boolean failed() {
    return !failure.isEmpty();
  }
}
