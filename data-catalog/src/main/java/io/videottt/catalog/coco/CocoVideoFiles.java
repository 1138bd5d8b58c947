package io.videottt.catalog.coco;

import io.videottt.base.NaturalOrder;
import io.videottt.base.Task;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.FolderListing;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.truth.TruthFinder;
import io.videottt.catalog.truth.TruthSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** Ground truth as one COCO file per video, for some of its frames. */
public final class CocoVideoFiles implements TruthFinder {

  private static final String JSON = ".json";

  private final Layout.CocoVideos layout;
  private final SourceClasses classes;
  private final Path root;
  private final CocoFiles files;

  public CocoVideoFiles(
      Layout.CocoVideos layout, SourceClasses classes, Path root, CocoFiles files) {
    this.layout = layout;
    this.classes = classes;
    this.root = root;
    this.files = files;
  }

  @Override
  public TruthSource find(
      SplitDefinition split, String video, Set<String> frames, Set<Task> tasks) {
    CocoTruths.Places places =
        new CocoTruths.Places(
            Optional.of(json(layout.panoptic(), video)),
            Optional.of(StoredFiles.child(StoredFiles.child(root, layout.masks()), video)),
            layout.instances().isEmpty()
                ? Optional.empty()
                : Optional.of(json(layout.instances(), video)));
    return new CocoTruths(places, tasks, files, classes, split.labels(), frames);
  }

  @Override
  public List<FileProblem> unmatched(SplitDefinition split, Set<String> videos) {
    Path folder = StoredFiles.child(root, layout.panoptic());
    if (!StoredFiles.isFolder(folder, files.hadoop())) {
      return List.of();
    }
    Map<String, Path> found = FolderListing.of(folder, files.hadoop()).named(JSON);
    return found.keySet().stream()
        .filter(name -> !videos.contains(name))
        .sorted(NaturalOrder.INSTANCE)
        .map(
            name ->
                new FileProblem(
                    FileProblem.Kind.UNKNOWN_IMAGE,
                    "%s: segments of a video without images".formatted(found.get(name))))
        .toList();
  }

  private Path json(String folder, String video) {
    return StoredFiles.child(StoredFiles.child(root, folder), video + JSON);
  }
}
