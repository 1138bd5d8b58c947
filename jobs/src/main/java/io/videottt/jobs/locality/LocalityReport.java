package io.videottt.jobs.locality;

import io.videottt.adaptation.locality.LocalityEstimate;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.Serializable;

/**
 * How the estimate on one video, task and model ended.
 *
 * @param unit what it was made for
 * @param estimate null on failure
 * @param failure one or two lines for the person who has to mend it; empty on success
 */
record LocalityReport(Unit unit, LocalityEstimate estimate, String failure)
    implements Serializable {

  boolean failed() {
    return !failure.isEmpty();
  }
}
