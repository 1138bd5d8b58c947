package io.videottt.adaptation.method;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.step.Objective;
import io.videottt.model.optimizer.OptimizerSettings;
import java.util.Set;

/** Which settings a step depends on, whatever takes it, and what it costs. */
final class StepSettings {

  /** Of other places: of the offline method, of methods without steps, of one objective. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "window",
          "resetOptimizer",
          "iterationsPerFrame",
          "measureLossAfter",
          "offlineIterations",
          "offlineEvaluationStep",
          "offlineEvaluations",
          "layerNorm.sourceFrames",
          "classBalance.threshold");

  private StepSettings() {}

  /**
   * Whether a step's result depends on a setting.
   *
   * @param key as {@link Method#uses} has it
   */
  static boolean uses(String key, AdaptationSettings settings, Objective objective) {
    return switch (key) {
        // Tent masks nothing, and the parameters of norms are never decayed.
      case "maskPatch", "maskRatio", "weightDecay", "decayBiases" -> objective != Objective.ENTROPY;
      case "maskedPixelsOnly", "reconstructionTarget" -> objective == Objective.RECONSTRUCTION;
      case "cropMinimum", "cropMaximum" -> settings.cropHeight() == 0;
      case "momentum" -> settings.optimizer() == OptimizerSettings.Kind.SGD;
      case "selfTraining.confidenceThreshold" -> objective == Objective.PSEUDO_LABELS;
      default -> !ELSEWHERE.contains(key);
    };
  }

  /** What a step costs, in predictions of a frame. */
  static double predictions(AdaptationSettings settings, Objective objective) {
    int labelling = objective == Objective.PSEUDO_LABELS ? 1 : 0;
    return (Method.TRAINING_PASS + labelling) * (double) settings.batchSize();
  }
}
