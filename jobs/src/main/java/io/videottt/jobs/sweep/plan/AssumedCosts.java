package io.videottt.jobs.sweep.plan;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.settings.Method;
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

  private static final int TRAINING_PASS = 3;

  /** By the adapted and by the initial model. */
  private static final int CLASS_BALANCE_PREDICTIONS = 2;

  @Override
  public double seconds(List<Unit> units) {
    Unit unit = units.get(0);
    return secondsPerPrediction * predictions(unit.method(), unit.settings(), unit.frames());
  }

  @Override
  public String describe(List<AdaptationWork> groups) {
    return "assumed: %s s per prediction of a frame, a training pass over a sample is %d of them"
        .formatted(secondsPerPrediction, TRAINING_PASS);
  }

  /** A method's cost over a video, in predictions of a frame. */
  static double predictions(Method method, AdaptationSettings settings, int frames) {
    int votes = settings.prediction().votes();
    if (!method.trains()) {
      // Adapting without steps takes one look at the frame.
      return (double) frames * (votes + (method.adapts() ? 1 : 0));
    }
    int labelling = method.trainsOnPseudoLabels() ? 1 : 0;
    double step = (TRAINING_PASS + labelling) * settings.batchSize();
    if (method == Method.OFFLINE_TTT_MAE_ALL_FRAMES) {
      double evaluations =
          settings.offlineEvaluations().isEmpty()
              ? settings.offlineIterations() / (double) settings.offlineEvaluationStep()
              : settings.offlineEvaluations().size();
      return settings.offlineIterations() * step + evaluations * frames * votes;
    }
    int balancing = method.balancesClasses() ? CLASS_BALANCE_PREDICTIONS : 0;
    return frames * (votes + balancing + settings.iterationsPerFrame() * step);
  }
}
