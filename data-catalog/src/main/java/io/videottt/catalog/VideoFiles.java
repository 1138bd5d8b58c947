package io.videottt.catalog;

import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.InputFiles;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * What a video's results depend on besides the program: the files that its frames and their ground
 * truth are read from, and how the catalogue says to read them.
 */
public final class VideoFiles {

  private final Layout layout;
  private final Map<String, String> reading;
  private final InputFiles files;

  private VideoFiles(Layout layout, Map<String, String> reading, InputFiles files) {
    this.layout = layout;
    this.reading = reading;
    this.files = files;
  }

  /** The files of a video. */
  static VideoFiles of(
      DataSetDefinition definition,
      SplitDefinition split,
      String video,
      ShiftedVideos source,
      Configuration hadoop) {
    Map<String, String> reading = reading(definition, split);
    if (!split.shifts().isEmpty()) {
      reading.put("shift", source.stages(split, video).toString());
    }
    InputFiles files = new InputFiles(hadoop);
    source.addFiles(split, video, files);
    return new VideoFiles(definition.layout(), reading, files);
  }

  /**
   * The files of several videos of one split.
   *
   * @param videos by id, at least one
   */
  static VideoFiles union(Map<String, VideoFiles> videos, Configuration hadoop) {
    VideoFiles first = videos.values().iterator().next();
    InputFiles all = new InputFiles(hadoop);
    videos.forEach((id, own) -> all.addPart(id, own.files));
    return new VideoFiles(first.layout, first.reading, all);
  }

  /** How the files are read: what the catalogue says and results depend on, by what it is about. */
  public Map<String, String> reading() {
    return Collections.unmodifiableMap(reading);
  }

  /** The files by their names within the video, for example {@code images/0001.png}. */
  public Map<String, InputFiles.Entry> files() {
    return files.files();
  }

  /** The tasks whose results a file, or something of {@link #reading}, bears on. */
  public Set<Task> tasks(String name) {
    return layout.tasksOf(name);
  }

  /** The SHA-256 of a file's bytes, which are read for it. */
  public String sha256(String name) throws IOException {
    return files.sha256(name);
  }

  private static Map<String, String> reading(DataSetDefinition definition, SplitDefinition split) {
    Map<String, String> reading = new TreeMap<>();
    for (ClassDefinition each : definition.classes()) {
      reading.put(
          "class %03d".formatted(each.id()),
          "%s (%s, label ids %s)"
              .formatted(each.name(), each.thing() ? "thing" : "stuff", each.sourceIds()));
    }
    reading.put("ignored labels", definition.ignoreLabels().toString());
    reading.put("frame rate", String.valueOf(split.framesPerSecond(definition)));
    reading.put("labels", split.labels().toString());
    reading.put("layout", definition.layout().reading());
    if (split.monochrome()) {
      reading.put("colours", "none, black and white");
    }
    return reading;
  }
}
