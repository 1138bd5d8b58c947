package io.videottt.adaptation.training;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.videottt.base.Task;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Accuracy of a fixed model on annotated frames, by both protocols.
 *
 * @param frames number of frames
 * @param scores the main metric of the task that is trained for, then mean IoU where the frames
 *     have labels
 */
public record Validation(int frames, List<Score> scores) {

  /** Keeps the list from being changed. */
  public Validation {
    scores = List.copyOf(scores);
  }

  /**
   * One task's main metric ({@link Task#metric()}).
   *
   * @param task what was predicted
   * @param pooled in {@link Task#unit()}, from the counts of all frames together; NaN where it is
   *     not defined
   * @param frameMean in the same unit, mean over the frames where it is defined; NaN where there is
   *     none
   */
  public record Score(Task task, double pooled, double frameMean) {}

  /** The score of the task that is trained for. */
  @JsonIgnore
  public Score main() {
    return scores.get(0);
  }

  /** All scores in one line, for example {@code PQ 41.20 pooled, 39.75 frame mean}. */
  public String summary() {
    return scores.stream()
        .map(
            score ->
                String.format(
                    Locale.ROOT,
                    "%s %.2f pooled, %.2f frame mean",
                    score.task().metric(),
                    score.pooled(),
                    score.frameMean()))
        .collect(Collectors.joining("; "));
  }
}
