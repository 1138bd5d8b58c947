package io.videottt.jobs.trial;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.film.VideoFilesLayout;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * What is to be tried.
 *
 * @param film a video file, any Hadoop path
 * @param layout which of its frames are taken
 * @param task semantic segmentation or colorization
 * @param model folder of a model with a reconstruction decoder
 * @param classes of the model, for segmentation; empty for those that it names or numbers
 * @param preset the settings' name, for people
 * @param settings of test-time training; the working size is taken from {@code shortSide}
 * @param shortSide shorter side that the network works at; the longer one has the film's aspect,
 *     both are multiples of 32
 * @param output folder of the results, any Hadoop path
 * @param device auto, cpu or gpu:N
 * @param checkpointInterval shortest time between two checkpoints
 */
public record TrialRequest(
    Path film,
    VideoFilesLayout layout,
    Task task,
    Path model,
    List<ClassDefinition> classes,
    String preset,
    AdaptationSettings settings,
    int shortSide,
    Path output,
    String device,
    Duration checkpointInterval) {

  /** The networks halve sizes five times. */
  static final int MULTIPLE = 32;

  private static final int LARGEST_SIDE = 4096;

  /** Checks the values. */
  public TrialRequest {
    classes = List.copyOf(classes);
    if (task != Task.SEMANTIC && task != Task.COLORIZATION) {
      throw new InvalidInputException(
          "--task %s: try does semantic segmentation and colorization; sweep does all tasks"
              .formatted(task.id()));
    }
    if (shortSide < MULTIPLE || shortSide > LARGEST_SIDE || shortSide % MULTIPLE != 0) {
      throw new InvalidInputException(
          "--size %d: expected a multiple of %d from %d to %d"
              .formatted(shortSide, MULTIPLE, MULTIPLE, LARGEST_SIDE));
    }
  }
}
