package io.videottt.jobs.sweep.plan;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.model.Architecture;
import io.videottt.model.InputPadding;
import io.videottt.model.ModelConfiguration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What planning must know of a model folder.
 *
 * @param fingerprint SHA-256 of the weights
 * @param configuration of the architecture; null where the model is not there
 */
public record ModelInfo(String fingerprint, ModelConfiguration configuration) {

  /** A model that is not there: what it can do is not known, so nothing is held against it. */
  static ModelInfo missing(String folder) {
    return new ModelInfo("no model in " + folder, null);
  }

  boolean isMissing() {
    return configuration == null;
  }

  /** What the architecture can predict. */
  Set<Task> tasks() {
    return isMissing() ? EnumSet.allOf(Task.class) : configuration.tasks();
  }

  /**
   * Makes sure that a model that is not there can be the one for some tasks: planned as one, those
   * would have adaptations in common. One that is there is asked for its {@link #tasks}.
   *
   * @param folder its name
   * @throws InvalidInputException when no model has outputs for all of them
   */
  void requireOneOutput(String folder, Set<Task> tasks) {
    Optional<Task> other = tasks.stream().filter(task -> !task.seesGray()).findFirst();
    if (isMissing() && other.isPresent() && tasks.stream().anyMatch(Task::seesGray)) {
      throw new InvalidInputException(
          "%s: no model is there, and none does both %s and %s\nname one for each, for example --model colorization.joint=DIR"
              .formatted(folder, other.get().title(), Task.COLORIZATION.title()));
    }
  }

  /** Padding of its input. */
  InputPadding padding() {
    return isMissing() ? InputPadding.NONE : configuration.padding();
  }

  /** Number of parameters of f, h and g. */
  long parameters() {
    Architecture architecture = configuration.architecture();
    return Stream.of(architecture.mainParameters(), architecture.reconstructionParameters())
        .flatMap(List::stream)
        .mapToLong(parameter -> parameter.shape().size())
        .sum();
  }

  /** The classes' names in the order of their ids; empty where the configuration has none. */
  List<String> classNames() {
    return PredictedClasses.names(configuration);
  }
}
