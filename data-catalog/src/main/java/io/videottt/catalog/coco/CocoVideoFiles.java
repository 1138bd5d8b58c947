package io.videottt.catalog.coco;

import io.videottt.base.NaturalOrder;
import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.FolderListing;
import io.videottt.catalog.file.InputFiles;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.truth.TruthFinder;
import io.videottt.catalog.truth.TruthSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Ground truth as one COCO file per video, for some of its frames. */
final class CocoVideoFiles implements TruthFinder {

  private static final String JSON = ".json";

  private final CocoVideosLayout layout;
  private final SourceClasses classes;
  private final Path root;
  private final CocoFiles files;

  CocoVideoFiles(CocoVideosLayout layout, DataSetDefinition definition, Configuration hadoop) {
    this.layout = layout;
    this.classes = new SourceClasses(definition);
    this.root = definition.rootFolder();
    this.files = new CocoFiles(hadoop);
  }

  @Override
  public TruthSource find(
      SplitDefinition split, String video, Set<String> frames, Set<Task> tasks) {
    return new CocoTruths(places(video), tasks, files, classes, split.labels(), frames);
  }

  @Override
  public void addFiles(
      SplitDefinition split, String video, Set<String> frames, InputFiles inputFiles) {
    places(video).addTo(inputFiles);
  }

  private CocoTruths.Places places(String video) {
    return new CocoTruths.Places(
        Optional.of(json(layout.panoptic(), video)),
        Optional.of(StoredFiles.child(StoredFiles.child(root, layout.masks()), video)),
        layout.instances().isEmpty()
            ? Optional.empty()
            : Optional.of(json(layout.instances(), video)));
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
