package io.videottt.catalog;

import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.Task;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Videos as folders of image files, found by listing. */
final class FolderVideos implements VideoSource {

  private static final int MAXIMUM_LIST_LENGTH = 64 << 20;

  private final DataSetDefinition definition;
  private final Layout.Folders layout;
  private final Path root;
  private final Configuration hadoop;

  FolderVideos(
      DataSetDefinition definition, Layout.Folders layout, Path root, Configuration hadoop) {
    this.definition = definition;
    this.layout = layout;
    this.root = root;
    this.hadoop = hadoop;
  }

  @Override
  public List<String> videoIds(SplitDefinition split) {
    if (!split.videos().isEmpty()) {
      return split.videos();
    }
    return StoredFiles.list(folder(layout.images(), split), hadoop).stream()
        .filter(FileStatus::isDirectory)
        .map(status -> status.getPath().getName())
        .toList();
  }

  @Override
  public Video video(SplitDefinition split, String id, Set<Task> tasks) {
    Path folder = new Path(folder(layout.images(), split), id);
    Map<String, Path> images = files(folder, layout.imageSuffix());
    if (!split.list().isEmpty()) {
      keepListed(images, split.list(), id, folder);
    }
    if (images.isEmpty()) {
      throw new InvalidInputException(
          "%s: video %s has no files that end in %s".formatted(folder, id, layout.imageSuffix()));
    }
    Map<String, Path> labels = labels(split, id, images.keySet());
    List<FrameFiles> frames =
        images.keySet().stream()
            .sorted(NaturalOrder.INSTANCE)
            .map(
                name ->
                    new FrameFiles(name, images.get(name), Optional.ofNullable(labels.get(name))))
            .toList();
    double framesPerSecond =
        split.framesPerSecond() > 0 ? split.framesPerSecond() : definition.framesPerSecond();
    return new FileVideo(id, framesPerSecond, frames, definition, layout.labelEncoding(), hadoop);
  }

  /** The label file of each annotated frame: where one was found, or where it must be. */
  private Map<String, Path> labels(SplitDefinition split, String id, Set<String> names) {
    if (split.labels() == LabelPolicy.NONE) {
      return Map.of();
    }
    Path folder = new Path(folder(layout.labels(), split), id);
    boolean required = split.labels() == LabelPolicy.REQUIRED;
    if (!required && !StoredFiles.isFolder(folder, hadoop)) {
      return Map.of();
    }
    Map<String, Path> labels = files(folder, layout.labelSuffix());
    if (required) {
      // A missing file is reported when its frame is read, so that it costs one video at most.
      for (String name : names) {
        labels.computeIfAbsent(
            name, missing -> new Path(folder, "./" + missing + layout.labelSuffix()));
      }
    }
    return labels;
  }

  private Path folder(String kind, SplitDefinition split) {
    Path folder = new Path(root, kind);
    return split.folder().isEmpty() ? folder : new Path(folder, split.folder());
  }

  private Map<String, Path> files(Path folder, String suffix) {
    Map<String, Path> files = new HashMap<>();
    for (FileStatus status : StoredFiles.list(folder, hadoop)) {
      String name = status.getPath().getName();
      if (!status.isDirectory() && name.endsWith(suffix) && name.length() > suffix.length()) {
        files.put(name.substring(0, name.length() - suffix.length()), status.getPath());
      }
    }
    return files;
  }

  private void keepListed(Map<String, Path> images, String list, String id, Path folder) {
    Path path = new Path(root, list);
    Set<String> listed = new HashSet<>();
    byte[] bytes = StoredFiles.read(path, MAXIMUM_LIST_LENGTH, hadoop);
    int lineNumber = 0;
    for (String rawLine : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
      lineNumber++;
      String line = rawLine.strip();
      if (line.isEmpty()) {
        continue;
      }
      String where = "%s, line %d: entry".formatted(path, lineNumber);
      int slash = line.indexOf('/');
      if (slash < 0) {
        throw new InvalidInputException("%s \"%s\" is not VIDEO/NAME".formatted(where, line));
      }
      String video = line.substring(0, slash);
      String name = line.substring(slash + 1);
      SafePaths.requireName(video, where);
      SafePaths.requireName(name, where);
      if (video.equals(id)) {
        if (!images.containsKey(name)) {
          throw new InvalidInputException(
              "%s \"%s\" has no image %s".formatted(where, line, new Path(folder, name)));
        }
        listed.add(name);
      }
    }
    images.keySet().retainAll(listed);
  }
}
