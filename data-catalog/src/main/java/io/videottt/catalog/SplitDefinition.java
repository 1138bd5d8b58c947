package io.videottt.catalog;

import io.videottt.metrics.InvalidInputException;
import java.io.Serializable;
import java.util.List;

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
 */
public record SplitDefinition(
    String folder,
    List<String> videos,
    String list,
    int limit,
    double framesPerSecond,
    LabelPolicy labels,
    PublishedCounts published)
    implements Serializable {

  /** Fills the defaults and checks the values. */
  public SplitDefinition {
    folder = folder == null ? "" : folder;
    videos = videos == null ? List.of() : List.copyOf(videos);
    list = list == null ? "" : list;
    labels = labels == null ? LabelPolicy.REQUIRED : labels;
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

  /** The frame rate of the split's videos. */
  double framesPerSecond(DataSetDefinition dataset) {
    return framesPerSecond > 0 ? framesPerSecond : dataset.framesPerSecond();
  }
}
