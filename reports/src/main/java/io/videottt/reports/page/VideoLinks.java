package io.videottt.reports.page;

import io.videottt.base.Count;
import java.util.List;

/**
 * Videos beside the page that sweeps have made: the input, the truth and predictions side by side.
 *
 * @param folder that they are in
 * @param links to some of them, perhaps all
 * @param more how many others there are
 */
public record VideoLinks(String folder, List<Link> links, int more) {

  /** There are none. */
  public static final VideoLinks NONE = new VideoLinks("", List.of(), 0);

  /**
   * One of the videos.
   *
   * @param title what it shows
   * @param address relative to the page; empty where the page is on another storage
   */
  public record Link(String title, String address) {}

  /** Keeps the list from being changed. */
  public VideoLinks {
    links = List.copyOf(links);
  }

  /** What the links are. */
  String heading() {
    return "%s side by side".formatted(Count.of(links.size() + more, "video"));
  }

  /** Where they are, and how many are not named here. */
  String note() {
    String place =
        "Input, ground truth and predictions of whole videos, made by --save video; files in %s, not in this page."
            .formatted(folder);
    return more == 0 ? place : place + " The first %d are named.".formatted(links.size());
  }
}
