package io.videottt.jobs.report;

import io.videottt.base.Task;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.SavedPredictions;
import io.videottt.reports.Titles;
import io.videottt.reports.page.VideoLinks;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Names the videos that {@code --save video} has left in a results folder on a report's page. */
final class ComparisonLinks {

  private static final int MOST = 200;

  private ComparisonLinks() {}

  /**
   * The videos.
   *
   * @param results where they are
   * @param folder of the page
   */
  static VideoLinks of(ResultsFolder results, String folder, Titles titles, Configuration hadoop)
      throws IOException {
    List<SavedPredictions.Comparison> all = new SavedPredictions(results, hadoop).comparisons();
    if (all.isEmpty()) {
      return VideoLinks.NONE;
    }
    Path page = new Path(folder);
    Path place = Storage.of(page, hadoop).qualified(page);
    return new VideoLinks(
        SavedPredictions.videos(results.root()).toString(),
        all.stream()
            .limit(MOST)
            .map(each -> new VideoLinks.Link(title(each, titles), address(each.file(), place)))
            .toList(),
        Math.max(0, all.size() - MOST));
  }

  private static String title(SavedPredictions.Comparison video, Titles titles) {
    return "%s: %s, %s: %s"
        .formatted(
            titles.data(video.dataset(), video.split()),
            titles.video(video.dataset(), video.split(), video.video()),
            Task.parse(video.task(), video.file().toString()).title(),
            video.file().getName());
  }

  /** From the page to the file, empty where they are on different storages. */
  private static String address(Path file, Path page) {
    URI from = page.toUri();
    URI to = file.toUri();
    if (!Objects.equals(from.getScheme(), to.getScheme())
        || !Objects.equals(from.getAuthority(), to.getAuthority())) {
      return "";
    }
    String way =
        java.nio.file.Path.of(from.getPath())
            .relativize(java.nio.file.Path.of(to.getPath()))
            .toString();
    try {
      // Characters that end a path are written as codes, those of names already so included.
      return new URI(null, null, way, null).toASCIIString();
    } catch (URISyntaxException e) {
      return "";
    }
  }
}
