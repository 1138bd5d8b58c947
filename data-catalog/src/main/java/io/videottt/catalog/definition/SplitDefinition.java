package io.videottt.catalog.definition;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.catalog.shift.ShiftStage;
import io.videottt.io.storage.SafePaths;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which videos and frames belong to a split.
 *
 * @param folder folder between the layout's image folder and the videos, for example {@code train};
 *     empty for none
 * @param videos the videos' folder names; empty for every folder there is
 * @param list file below the root that names the frames, one {@code VIDEO/NAME} a line without
 *     extension; lines of other videos are passed over; empty for all frames
 * @param limit highest number of videos, 0 for no limit
 * @param framesPerSecond frame rate where it differs from the data set's, 0 for the same
 * @param labels whether frames must have labels
 * @param published how many frames the split has where it is whole; null where nobody says
 * @param title what its videos are in words that follow "on", for example {@code videos that
 *     darken}; empty where the split's name is to be printed
 * @param videoTitles what reports call videos, by id; ids without one are printed themselves
 * @param shifts what frames are put through after reading, by name: every video of the split stands
 *     in it once for each shift, as {@code VIDEO-SHIFT}, and not as it was recorded; empty for
 *     videos as they were recorded
 * @param monochrome whether the videos are black and white: they can be coloured, and nobody knows
 *     what the colours were
 */
public record SplitDefinition(
    String folder,
    List<String> videos,
    String list,
    int limit,
    double framesPerSecond,
    LabelPolicy labels,
    PublishedCounts published,
    String title,
    Map<String, String> videoTitles,
    Map<String, List<ShiftStage>> shifts,
    boolean monochrome)
    implements Serializable {

  private static final int LONGEST_TITLE = 100;

  /** A split of videos as they were recorded, called by their ids. */
  public SplitDefinition(
      String folder,
      List<String> videos,
      String list,
      int limit,
      double framesPerSecond,
      LabelPolicy labels,
      PublishedCounts published) {
    this(
        folder,
        videos,
        list,
        limit,
        framesPerSecond,
        labels,
        published,
        "",
        Map.of(),
        Map.of(),
        false);
  }

  /** Fills the defaults and checks the values. */
  public SplitDefinition {
    folder = folder == null ? "" : folder;
    videos = videos == null ? List.of() : List.copyOf(videos);
    list = list == null ? "" : list;
    labels = labels == null ? LabelPolicy.REQUIRED : labels;
    title = title == null ? "" : title;
    videoTitles =
        videoTitles == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(videoTitles));
    shifts = shifts == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(shifts));
    shifts.forEach(SplitDefinition::checkShift);
    if (published != null && !shifts.isEmpty()) {
      throw new InvalidInputException(
          "published and shifts: nobody publishes videos with these shifts; leave one of them out");
    }
    checkTitles(title, ids(videos, shifts.keySet()), videoTitles);
    if (!folder.isEmpty()) {
      SafePaths.requireRelative(folder, "folder");
    }
    if (!list.isEmpty()) {
      SafePaths.requireRelative(list, "list");
    }
    videos.forEach(video -> SafePaths.requireName(video, "video"));
    if (videos.stream().distinct().count() != videos.size()) {
      throw new InvalidInputException("videos names one video twice: " + videos);
    }
    if (limit < 0) {
      throw new InvalidInputException("limit is %d, expected 0 or more".formatted(limit));
    }
    if (!(framesPerSecond >= 0 && framesPerSecond < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "framesPerSecond is %s, expected 0 or more".formatted(framesPerSecond));
    }
  }

  private static void checkShift(String name, List<ShiftStage> stages) {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new InvalidInputException(
          "shifts: \"%s\", expected small letters, digits and hyphens"
              .formatted(Printable.line(name)));
    }
    if (stages == null || stages.isEmpty()) {
      throw new InvalidInputException("shifts: %s has no stages".formatted(name));
    }
  }

  private static List<String> ids(List<String> videos, Set<String> shifts) {
    return shifts.isEmpty()
        ? videos
        : videos.stream()
            .flatMap(video -> shifts.stream().map(shift -> ShiftStage.videoId(video, shift)))
            .toList();
  }

  private static void checkTitles(
      String title, List<String> videos, Map<String, String> videoTitles) {
    if (!title.isEmpty()) {
      requireTitle("title", title);
    }
    videoTitles.forEach(
        (video, words) -> {
          SafePaths.requireName(video, "video");
          requireTitle("videoTitles: " + video, words);
          if (!videos.isEmpty() && !videos.contains(video)) {
            throw new InvalidInputException(
                "videoTitles names %s, which is none of the videos %s".formatted(video, videos));
          }
        });
  }

  private static void requireTitle(String key, String title) {
    if (title == null || title.isBlank() || title.length() > LONGEST_TITLE) {
      throw new InvalidInputException(
          "%s: expected 1 to %d characters of words".formatted(key, LONGEST_TITLE));
    }
  }

  /** What reports call a video. */
  public String titleOf(String video) {
    return videoTitles.getOrDefault(video, video);
  }

  /** The frame rate of the split's videos. */
  public double framesPerSecond(DataSetDefinition dataset) {
    return framesPerSecond > 0 ? framesPerSecond : dataset.framesPerSecond();
  }
}
