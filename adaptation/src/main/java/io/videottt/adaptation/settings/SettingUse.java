package io.videottt.adaptation.settings;

import io.videottt.adaptation.frames.SampleOrder;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.settings.Procedure.Memory;
import io.videottt.base.Task;
import io.videottt.io.config.SettingsReader;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.optimizer.OptimizerSettings;
import io.videottt.model.tensor.Precision;

/**
 * Which settings the results of a method and a task depend on.
 *
 * @param settings those of the method
 */
record SettingUse(AdaptationSettings settings, Method method, Task task) {

  /**
   * @param key as {@link SettingsReader#flatten} names it
   */
  boolean of(String key) {
    Procedure procedure = Procedure.of(method, settings);
    Objective objective = procedure.objective();
    boolean trains = objective.takesSteps();
    boolean offline = procedure.memory() instanceof Memory.WholeVideo;
    return switch (key) {
      case "height", "width", "shortSide", "longSideLimit", "threads" -> true;
      case "window" ->
          procedure.memory() instanceof Memory.Window
              && method != Method.TTT_MAE_NO_MEMORY
              && method != Method.IMPLICIT_MEMORY_ONLY;
      case "resetOptimizer" -> trains && !offline && !procedure.startsAgain();
      case "iterationsPerFrame", "measureLossAfter" -> trains && !offline;
      case "offlineEvaluations" -> offline && !settings.offlineEvaluations().isEmpty();
      case "offlineEvaluationStep" -> offline && settings.offlineEvaluations().isEmpty();
      case "offlineIterations" -> offline;
        // Tent masks nothing, and the parameters of norms are never decayed.
      case "maskPatch", "maskRatio", "weightDecay" -> trains && objective != Objective.ENTROPY;
      case "maskedPixelsOnly" -> objective == Objective.RECONSTRUCTION;
      case "cropMinimum", "cropMaximum" -> trains && settings.cropHeight() == 0;
      case "momentum" -> trains && settings.optimizer() == OptimizerSettings.Kind.SGD;
      case "layerNorm.sourceFrames" -> objective == Objective.NORM_STATISTICS;
      case "selfTraining.confidenceThreshold" -> objective == Objective.PSEUDO_LABELS;
      case "classBalance.threshold" -> procedure.classBalance();
      case "postProcessing.scoreThreshold", "postProcessing.overlapThreshold" ->
          task == Task.PANOPTIC;
      case "postProcessing.detections" -> task == Task.INSTANCE;
      case "frameOrder" -> shuffled() && orderMatters();
        // Added later: results without them are found under the ids that they had before.
      case "sampleOrder" -> trains && settings.sampleOrder() != SampleOrder.WITH_REPLACEMENT;
      case "sampleSize.height",
              "sampleSize.width",
              "sampleSize.shortSide",
              "sampleSize.longSideLimit" ->
          trains && !settings.sampleSize().equals(WorkingSize.own());
      case "scaleJitter.minimum", "scaleJitter.maximum", "scaleJitter.of", "scaleJitter.padding" ->
          trains && settings.scaleJitter().scales();
      case "dropPath" -> trains && settings.dropPath();
      case "reconstructionTarget" ->
          objective == Objective.RECONSTRUCTION
              && settings.reconstructionTarget() != ReconstructionTarget.PIXELS;
      case "precision" -> settings.precision() != Precision.FP32;
      case "decayBiases" -> trains && objective != Objective.ENTROPY && settings.decayBiases();
      case "prediction.smoothing" -> smooths();
      case "prediction.votes",
              "prediction.voteCropMinimum",
              "prediction.voteColourJitter",
              "prediction.voteBatchSize" ->
          takesVotes();
      default -> trains;
    };
  }

  boolean dependsOnSeed() {
    return Procedure.of(method, settings).objective().takesSteps()
        || takesVotes()
        || shuffled() && orderMatters();
  }

  private boolean shuffled() {
    return settings.frameOrder() == FrameOrder.SHUFFLED;
  }

  private boolean smooths() {
    return task == Task.SEMANTIC && settings.prediction().smooths();
  }

  private boolean takesVotes() {
    return task == Task.SEMANTIC && settings.prediction().takesVotes();
  }

  /** Without anything remembered a frame's result is the same wherever it stands. */
  private boolean orderMatters() {
    return method.setting() != Method.Setting.ENTIRE_VIDEO
        && (method.adapts() && method != Method.TTT_MAE_NO_MEMORY || smooths());
  }
}
