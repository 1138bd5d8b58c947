package io.videottt.catalog;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.file.InputFiles;
import io.videottt.catalog.file.Leftovers;
import io.videottt.catalog.shift.ShiftStage;
import io.videottt.catalog.video.Video;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The videos of a source, where a split names shifts once for each of these: video {@code 0016E5}
 * and shift {@code defocus} make video {@code 0016E5-defocus}.
 */
final class ShiftedVideos implements VideoSource {

  private final String dataset;
  private final VideoSource originals;

  /**
   * What a video is made of.
   *
   * @param video id of the video as it was recorded
   * @param stages what it is put through, at least one where it is shifted
   */
  private record Origin(String video, List<ShiftStage> stages) {}

  /**
   * @param dataset its name, for messages
   * @param originals the videos as they are stored or drawn
   */
  ShiftedVideos(String dataset, VideoSource originals) {
    this.dataset = dataset;
    this.originals = originals;
  }

  @Override
  public List<String> videoIds(SplitDefinition split) {
    List<String> ids = originals.videoIds(split);
    if (split.shifts().isEmpty()) {
      return ids;
    }
    List<String> shifted = ids.stream().flatMap(id -> shifted(split, id)).toList();
    Set<String> seen = new HashSet<>();
    for (String id : shifted) {
      if (!seen.add(id)) {
        throw new InvalidInputException(
            "data set %s: with their shifts, two videos are called %s; rename a shift"
                .formatted(dataset, id));
      }
    }
    return shifted;
  }

  private static Stream<String> shifted(SplitDefinition split, String video) {
    return split.shifts().keySet().stream().map(shift -> ShiftStage.videoId(video, shift));
  }

  @Override
  public Video video(SplitDefinition split, String id, Set<Task> tasks) {
    Origin origin = origin(split, id);
    Video original = originals.video(split, origin.video(), tasks);
    return origin.stages().isEmpty() ? original : new ShiftedVideo(id, original, origin.stages());
  }

  @Override
  public void addFiles(SplitDefinition split, String id, InputFiles files) {
    originals.addFiles(split, origin(split, id).video(), files);
  }

  /** What a video is put through; empty where it is shown as it was recorded. */
  List<ShiftStage> stages(SplitDefinition split, String id) {
    return origin(split, id).stages();
  }

  private Origin origin(SplitDefinition split, String id) {
    if (split.shifts().isEmpty()) {
      return new Origin(id, List.of());
    }
    for (String video : originals.videoIds(split)) {
      for (String shift : split.shifts().keySet()) {
        if (ShiftStage.videoId(video, shift).equals(id)) {
          return new Origin(video, split.shifts().get(shift));
        }
      }
    }
    throw new IllegalArgumentException("no video is called " + id);
  }

  @Override
  public Leftovers leftovers(SplitDefinition split) {
    return originals.leftovers(split);
  }
}
