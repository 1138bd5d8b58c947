package io.videottt.jobs.sweep.plan;

import io.videottt.adaptation.method.Method;
import java.util.List;

/**
 * Costs by counting: a forward and backward pass over a sample is taken for three predictions of a
 * frame, the pseudo-labels of a sample, each look of the class balance and a vote for one, further
 * tasks of one adaptation for nothing.
 *
 * @param secondsPerPrediction what the prediction of a frame takes
 */
public record AssumedCosts(double secondsPerPrediction) implements CostModel {

  /** Without anything measured only the proportions count. */
  public static final AssumedCosts UNIT = new AssumedCosts(1);

  @Override
  public double seconds(List<Unit> units) {
    Unit unit = units.get(0);
    return secondsPerPrediction * unit.method().predictions(unit.settings(), unit.frames());
  }

  @Override
  public String describe(List<AdaptationWork> groups) {
    return "assumed: %s s per prediction of a frame, a training pass over a sample is %d of them"
        .formatted(secondsPerPrediction, Method.TRAINING_PASS);
  }
}
