package io.videottt.jobs.grid;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.sweep.plan.VideoWork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Successive halving over videos: all settings run on the first videos, the clearly worse ones are
 * dropped, the others go on. A setting is dropped when it is not among the kept share by its value
 * on those videos, of the protocol that settings are chosen by, and its difference to the best
 * setting on their frames, of frame means, is below zero with the whole of its 95 % interval.
 *
 * @param rungs after how many videos settings are dropped, rising; the last ones run on all videos
 * @param keep share of the settings that is kept in any case; one half when left out
 * @param order which videos come first; those of the fewest frames when left out
 * @param seed of the random order; 0 when left out
 */
record GridHalving(List<Integer> rungs, Double keep, Order order, Long seed) {

  /** Which videos come first. */
  enum Order {
    /** Those of the fewest frames, the longest video last. */
    @JsonProperty("longest-last")
    LONGEST_LAST,
    /** Drawn with the seed. */
    @JsonProperty("random")
    RANDOM
  }

  GridHalving {
    if (rungs == null || rungs.isEmpty()) {
      throw new InvalidInputException("rungs is missing or empty");
    }
    rungs = List.copyOf(rungs);
    for (int i = 0; i < rungs.size(); i++) {
      if (rungs.get(i) < 1 || i > 0 && rungs.get(i) <= rungs.get(i - 1)) {
        throw new InvalidInputException(
            "rungs is %s, expected rising numbers of videos".formatted(rungs));
      }
    }
    keep = keep == null ? 0.5 : keep;
    if (!(keep > 0 && keep < 1)) {
      throw new InvalidInputException("keep is %s, expected between 0 and 1".formatted(keep));
    }
    order = order == null ? Order.LONGEST_LAST : order;
    seed = seed == null ? 0 : seed;
  }

  /**
   * Checks that there are videos for every rung and some left for the end.
   *
   * @param source file, for the message
   */
  void requireVideos(int videos, String source) {
    int last = rungs.get(rungs.size() - 1);
    if (last >= videos) {
      throw new InvalidInputException(
          ("%s: halving: rungs is %s, but there are %d videos; every rung must be below that, or"
                  + " leave halving out")
              .formatted(source, rungs, videos));
    }
  }

  /** How many settings of some stay in any case. */
  int kept(int settings) {
    return Math.max(1, (int) Math.ceil(settings * keep));
  }

  /** The ids of the videos in the order in which they come. */
  List<String> ordered(List<VideoWork> videos) {
    List<VideoWork> ordered = new ArrayList<>(videos);
    ordered.sort(Comparator.comparing(VideoWork::video));
    if (order == Order.RANDOM) {
      Collections.shuffle(ordered, new Random(seed));
    } else {
      ordered.sort(Comparator.comparingInt(task -> task.units().get(0).frames()));
    }
    return ordered.stream().map(VideoWork::video).toList();
  }

  /** In a line for people. */
  String describe() {
    return String.format(
        Locale.ROOT,
        "halving after %s videos, %s, %.0f %% of the settings kept in any case",
        rungs,
        order == Order.RANDOM ? "in a random order of seed " + seed : "the longest last",
        100 * keep);
  }
}
