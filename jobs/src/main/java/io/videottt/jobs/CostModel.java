package io.videottt.jobs;

import io.videottt.adaptation.AdaptationSettings;
import io.videottt.adaptation.Method;

/**
 * What a unit is assumed to cost, in predictions of one frame. Only used to start the longest video
 * first, to estimate the time left and to plan: results do not depend on it.
 */
final class CostModel {

  /** A forward and backward pass over a sample against a prediction of the same size. */
  private static final double TRAINING_PASS = 3.0;

  private CostModel() {}

  static double of(Unit unit) {
    return of(unit.method(), unit.settings(), unit.frames());
  }

  static double of(Method method, AdaptationSettings settings, int frames) {
    if (!method.adapts()) {
      return frames;
    }
    double step = TRAINING_PASS * settings.batchSize();
    if (method == Method.OFFLINE_TTT_MAE_ALL_FRAMES) {
      double evaluations =
          settings.offlineEvaluations().isEmpty()
              ? settings.offlineIterations() / (double) settings.offlineEvaluationStep()
              : settings.offlineEvaluations().size();
      return settings.offlineIterations() * step + evaluations * frames;
    }
    return frames * (1 + settings.iterationsPerFrame() * step);
  }
}
