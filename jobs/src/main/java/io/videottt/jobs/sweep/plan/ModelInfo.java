package io.videottt.jobs.sweep.plan;

import io.videottt.base.Task;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.model.InputPadding;
import io.videottt.model.ModelConfiguration;
import java.util.List;
import java.util.Set;

/**
 * What planning must know of a model folder.
 *
 * @param fingerprint SHA-256 of the weights
 * @param configuration of the architecture
 */
public record ModelInfo(String fingerprint, ModelConfiguration configuration) {

  /** What the architecture can predict. */
  Set<Task> tasks() {
    return configuration.tasks();
  }

  /** Padding of its input. */
  InputPadding padding() {
    return configuration.padding();
  }

  /** The classes' names in the order of their ids; empty where the configuration has none. */
  List<String> classNames() {
    return PredictedClasses.names(configuration);
  }
}
