package io.videottt.reports.player;

import io.videottt.reports.EvaluationSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One video as several methods see it, with pictures of some of its frames.
 *
 * @param set what was evaluated
 * @param model label of the weights
 * @param video id within the data set
 * @param length number of frames of the video
 * @param frames those that are shown, by rising index, at least one
 * @param input the frames themselves
 * @param truth the ground truth
 * @param tracks the methods: the fixed model, then the one to look at first, then the others
 */
public record Clip(
    EvaluationSet set,
    String model,
    String video,
    int length,
    List<Frame> frames,
    Film input,
    Film truth,
    List<Track> tracks) {

  /**
   * A frame that is shown.
   *
   * @param index in the video, from 0
   * @param name its file's name
   * @param annotated whether there is ground truth for the task
   */
  public record Frame(int index, String name, boolean annotated) {}

  /** Checks that all films have the shown frames. */
  public Clip {
    frames = List.copyOf(frames);
    tracks = List.copyOf(tracks);
    if (frames.isEmpty() || tracks.size() < 2) {
      throw new IllegalArgumentException("a clip needs a frame and two methods to compare");
    }
    int count = frames.size();
    if (input.pictures().size() != count
        || truth.pictures().size() != count
        || tracks.stream().anyMatch(track -> track.values().size() != count)) {
      throw new IllegalArgumentException("films of a clip differ in length");
    }
  }

  Track fixed() {
    return tracks.get(0);
  }

  /** The method that the fixed model is compared with before another one is chosen. */
  Track first() {
    return tracks.get(1);
  }

  /** Which frames are shown, in words: every 4th of them, or how many where gaps differ. */
  String spacing() {
    int step = frames.size() == 1 ? length : frames.get(1).index() - frames.get(0).index();
    boolean even =
        IntStream.range(1, frames.size())
            .allMatch(i -> frames.get(i).index() - frames.get(i - 1).index() == step);
    if (!even || frames.size() < length / Math.max(1, step)) {
      return "%d of %d frames".formatted(frames.size(), length);
    }
    if (length == 1) {
      return "1 frame";
    }
    return step == 1
        ? "all %d frames".formatted(length)
        : "every %s of %d frames".formatted(ordinal(step), length);
  }

  private static String ordinal(int number) {
    int tens = number / 10 % 10;
    String ending =
        tens == 1
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + ending;
  }
}
