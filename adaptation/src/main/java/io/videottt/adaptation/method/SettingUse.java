package io.videottt.adaptation.method;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.settings.FrameOrder;
import io.videottt.base.Task;
import io.videottt.io.config.SettingsIdentity;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which settings the results of a method and a task depend on.
 *
 * @param settings those of the method
 */
record SettingUse(Method method, AdaptationSettings settings, Task task) {

  /** The settings that count, as one line of JSON sorted by key. */
  String canonical() {
    Map<String, String> flat = SettingsIdentity.of(settings);
    flat.keySet().removeIf(key -> !of(key));
    return flat.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /**
   * @param key as {@link SettingsIdentity#of} names it
   */
  private boolean of(String key) {
    return switch (key) {
      case "height", "width", "shortSide", "longSideLimit", "threads", "precision" -> true;
      case "postProcessing.scoreThreshold", "postProcessing.overlapThreshold" ->
          task == Task.PANOPTIC;
      case "postProcessing.detections" -> task == Task.INSTANCE;
      case "frameOrder" -> shuffled() && orderMatters();
      case "prediction.smoothing" -> smooths();
      case "prediction.votes",
              "prediction.voteCropMinimum",
              "prediction.voteColourJitter",
              "prediction.voteBatchSize" ->
          takesVotes();
      case "prediction.frameBatchSize" -> !method.adapts();
      default -> method.uses(key, settings);
    };
  }

  boolean dependsOnSeed() {
    return method.trains() || takesVotes() || shuffled() && orderMatters();
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
    return method.sight() != Method.Sight.ENTIRE_VIDEO && (method.remembers() || smooths());
  }
}
