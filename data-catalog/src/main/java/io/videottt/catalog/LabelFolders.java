package io.videottt.catalog;

import io.videottt.metrics.Task;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Ground truth as one image of labels per frame, in folders beside those of the videos. */
final class LabelFolders implements TruthFinder {

  private static final Set<Task> SEMANTIC_ONLY = Set.of(Task.SEMANTIC);

  private final Layout.Folders layout;
  private final SourceClasses classes;
  private final Path root;
  private final Configuration hadoop;

  LabelFolders(Layout.Folders layout, SourceClasses classes, Path root, Configuration hadoop) {
    this.layout = layout;
    this.classes = classes;
    this.root = root;
    this.hadoop = hadoop;
  }

  @Override
  public TruthSource find(
      SplitDefinition split, String video, Set<String> frames, Set<Task> tasks) {
    Map<String, Path> labels = files(split, video, frames);
    return frame ->
        Optional.ofNullable(labels.get(frame)).map(path -> truth(path, Set.copyOf(tasks)));
  }

  /** The label file of each annotated frame: where one was found, or where it must be. */
  private Map<String, Path> files(SplitDefinition split, String video, Set<String> frames) {
    Path folder = StoredFiles.child(FolderVideos.folder(root, layout.labels(), split), video);
    boolean required = split.labels() == LabelPolicy.REQUIRED;
    if (!required && !StoredFiles.isFolder(folder, hadoop)) {
      return Map.of();
    }
    Map<String, Path> labels = FolderListing.of(folder, hadoop).named(layout.labelSuffix());
    if (required) {
      // A missing file is reported when its frame is read, so that it costs one video at most.
      for (String name : frames) {
        labels.computeIfAbsent(
            name, missing -> StoredFiles.child(folder, missing + layout.labelSuffix()));
      }
    }
    return labels;
  }

  /** Only KITTI-STEP's maps serve more than one task. */
  private StoredTruth truth(Path path, Set<Task> tasks) {
    return tasks.equals(SEMANTIC_ONLY)
        ? new LabelImage(path, layout.labelEncoding(), classes, hadoop)
        : new StepPanopticMap(path, tasks, classes, hadoop);
  }
}
