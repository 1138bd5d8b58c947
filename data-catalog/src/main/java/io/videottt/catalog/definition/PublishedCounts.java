package io.videottt.catalog.definition;

import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.SafePaths;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many frames a split has as its authors publish it, to tell a part of it from the whole.
 *
 * @param videos frames of each video by its id; empty where only their sum is known
 * @param frames of all videos; the sum of {@code videos} when left out
 */
public record PublishedCounts(Map<String, Integer> videos, long frames) implements Serializable {

  /** Fills the sum and checks the counts. */
  public PublishedCounts {
    videos = videos == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(videos));
    long sum = 0;
    for (Map.Entry<String, Integer> video : videos.entrySet()) {
      SafePaths.requireName(video.getKey(), "published video");
      if (video.getValue() == null || video.getValue() < 1) {
        throw new InvalidInputException(
            "published counts %s frames of video %s, expected 1 or more"
                .formatted(video.getValue(), video.getKey()));
      }
      sum += video.getValue();
    }
    frames = frames == 0 ? sum : frames;
    if (frames < 1 || !videos.isEmpty() && frames != sum) {
      throw new InvalidInputException(
          "published counts %d frames, and %d in its videos".formatted(frames, sum));
    }
  }
}
