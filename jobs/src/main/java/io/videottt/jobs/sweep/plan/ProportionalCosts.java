package io.videottt.jobs.sweep.plan;

import io.videottt.adaptation.method.Method;
import java.util.List;

/**
 * Costs where nobody can say how long a prediction takes: they are right in proportion, which is
 * enough for an order, and are no seconds.
 */
public record ProportionalCosts() implements CostModel {

  @Override
  public double seconds(List<Unit> units) {
    return AssumedCosts.UNIT.seconds(units);
  }

  @Override
  public boolean inSeconds() {
    return false;
  }

  @Override
  public String describe(List<AdaptationWork> groups) {
    return "in predictions of a frame, a training pass over a sample being %d of them; seconds are not known until measured"
        .formatted(Method.TRAINING_PASS);
  }
}
