package io.videottt.reports.published;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.videottt.reports.Released;
import java.util.List;

/**
 * What some of the paper's numbers were made with, as far as the released code tells.
 *
 * @param scoring how the release scores the methods
 * @param columns of the paper's tables
 * @param methods ids of the methods
 */
public record PublishedProtocol(Scoring scoring, List<PaperColumn> columns, List<String> methods) {

  /** How a number was made. */
  public enum Scoring {
    /** The release scores every frame by itself; {@link Released#perFrame}. */
    @JsonProperty("per-frame")
    PER_FRAME,
    /** The release scores every video pooled; {@link Released#perVideo}. */
    @JsonProperty("per-video")
    PER_VIDEO,
    /** The release has no code for it; the paper's text says per frame. */
    @JsonProperty("unknown")
    UNKNOWN
  }

  /** Keeps the lists from being changed. */
  public PublishedProtocol {
    columns = List.copyOf(columns);
    methods = List.copyOf(methods);
  }
}
