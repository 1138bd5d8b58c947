package io.videottt.catalog;

import io.videottt.catalog.video.Video;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found of a split.
 *
 * @param videos those that can be opened, in the catalogue's order
 * @param problems why others cannot, by id
 * @param unmatched files, folders and lines of lists that belong to no frame, a message for each
 */
public record SplitVideos(
    List<Video> videos, Map<String, String> problems, List<String> unmatched) {

  /** Copies the lists. */
  public SplitVideos {
    videos = List.copyOf(videos);
    problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
    unmatched = List.copyOf(unmatched);
  }
}
