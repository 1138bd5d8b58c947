package io.videottt.jobs.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.videottt.base.InvalidInputException;
import io.videottt.reports.Titles;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What reports call a split and its videos, within a {@link StoredDataSet}.
 *
 * @param title in words that follow "on"; empty where there are none
 * @param videos titles by id, only of videos that have one
 */
public record StoredSplit(String title, Map<String, String> videos) {

  public StoredSplit {
    if (title == null || videos == null || videos.values().stream().anyMatch(Objects::isNull)) {
      throw new InvalidInputException("a split has no titles");
    }
    videos = Collections.unmodifiableMap(new TreeMap<>(videos));
  }

  Titles.OfSplit titles() {
    return new Titles.OfSplit(title, videos);
  }

  @JsonIgnore
  boolean isEmpty() {
    return title.isEmpty() && videos.isEmpty();
  }
}
