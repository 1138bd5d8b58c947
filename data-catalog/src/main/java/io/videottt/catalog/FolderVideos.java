package io.videottt.catalog;

import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.Task;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Videos as folders of image files, found by listing. */
final class FolderVideos implements VideoSource {

  private final DataSetDefinition definition;
  private final String images;
  private final String suffix;
  private final TruthFinder truths;
  private final Path root;
  private final Configuration hadoop;

  /**
   * @param images folder of the images below the root
   * @param suffix what follows a frame's name in its image's file name
   */
  FolderVideos(
      DataSetDefinition definition,
      String images,
      String suffix,
      TruthFinder truths,
      Path root,
      Configuration hadoop) {
    this.definition = definition;
    this.images = images;
    this.suffix = suffix;
    this.truths = truths;
    this.root = root;
    this.hadoop = hadoop;
  }

  @Override
  public List<String> videoIds(SplitDefinition split) {
    if (!split.videos().isEmpty()) {
      return split.videos();
    }
    return StoredFiles.list(folder(root, images, split), hadoop).stream()
        .filter(FileStatus::isDirectory)
        .map(status -> status.getPath().getName())
        .toList();
  }

  @Override
  public Video video(SplitDefinition split, String id, Set<Task> tasks) {
    Path folder = StoredFiles.child(folder(root, images, split), id);
    Map<String, Path> files = FolderListing.of(folder, hadoop).named(suffix);
    Set<String> all = Set.copyOf(files.keySet());
    if (!split.list().isEmpty()) {
      Path list = StoredFiles.child(root, split.list());
      files.keySet().retainAll(FrameList.of(list, id, all, folder, hadoop));
    }
    if (files.isEmpty()) {
      throw new InvalidInputException(
          "%s: video %s has no files that end in %s".formatted(folder, id, suffix));
    }
    boolean unlabelled = split.labels() == LabelPolicy.NONE || tasks.isEmpty();
    TruthSource truth = unlabelled ? TruthSource.NONE : truths.find(split, id, all, tasks);
    List<FrameFile> frames =
        files.keySet().stream()
            .sorted(NaturalOrder.INSTANCE)
            .map(name -> new FrameFile(name, files.get(name)))
            .toList();
    return new FileVideo(id, split.framesPerSecond(definition), frames, truth, hadoop);
  }

  /** A folder of a split: {@code ROOT/KIND/[SPLIT FOLDER]}. */
  static Path folder(Path root, String kind, SplitDefinition split) {
    Path folder = StoredFiles.child(root, kind);
    return split.folder().isEmpty() ? folder : StoredFiles.child(folder, split.folder());
  }
}
