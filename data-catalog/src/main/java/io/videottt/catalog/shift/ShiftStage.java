package io.videottt.catalog.shift;

import io.videottt.base.InvalidInputException;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a shift that a video's frames are put through: corruptions that come and go together.
 *
 * @param course how strong they are over the video
 * @param corruptions strength of each at full course, above 0, at most 1
 */
public record ShiftStage(Course course, Map<Corruption, Double> corruptions)
    implements Serializable {

  /** Checks the values. */
  public ShiftStage {
    if (course == null) {
      throw new InvalidInputException("course is missing");
    }
    if (corruptions == null || corruptions.isEmpty()) {
      throw new InvalidInputException("corruptions is missing or empty");
    }
    corruptions.forEach(
        (kind, strength) -> {
          if (strength == null || !(strength > 0 && strength <= 1)) {
            throw new InvalidInputException(
                "corruptions: %s is %s, expected more than 0 and at most 1"
                    .formatted(kind, strength));
          }
        });
    corruptions = Collections.unmodifiableMap(new EnumMap<>(corruptions));
  }

  /**
   * The strengths at a moment of a video: those of its stages added up, none above 1.
   *
   * @param progress from 0, the first frame, to 1, the last
   */
  public static Map<Corruption, Double> strengths(List<ShiftStage> stages, double progress) {
    Map<Corruption, Double> strengths = new EnumMap<>(Corruption.class);
    for (ShiftStage stage : stages) {
      double share = stage.course.at(progress);
      stage.corruptions.forEach(
          (kind, strength) ->
              strengths.merge(kind, share * strength, (a, b) -> Math.min(1, a + b)));
    }
    return strengths;
  }

  public static String videoId(String video, String shift) {
    return video + "-" + shift;
  }

  /** For example {@code rises-and-fades {low-light=0.8}}. */
  @Override
  public String toString() {
    return course + " " + corruptions;
  }
}
