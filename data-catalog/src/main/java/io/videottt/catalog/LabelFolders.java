package io.videottt.catalog;

import io.videottt.metrics.Task;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
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

  /**
   * The label files of a video.
   *
   * @param files of each annotated frame: where one was found, or where it must be
   * @param tasks what they serve
   * @param unmatched those without a frame
   */
  private record Labels(
      LabelFolders folders, Map<String, Path> files, Set<Task> tasks, List<FileProblem> unmatched)
      implements TruthSource {

    @Override
    public Optional<StoredTruth> of(String frame) {
      return Optional.ofNullable(files.get(frame)).map(path -> folders.truth(path, tasks));
    }
  }

  @Override
  public TruthSource find(
      SplitDefinition split, String video, Set<String> frames, Set<Task> tasks) {
    Path folder = StoredFiles.child(FolderVideos.folder(root, layout.labels(), split), video);
    boolean required = split.labels() == LabelPolicy.REQUIRED;
    if (!required && !StoredFiles.isFolder(folder, hadoop)) {
      return TruthSource.NONE;
    }
    FolderListing listing = FolderListing.of(folder, hadoop);
    Map<String, Path> labels = listing.named(layout.labelSuffix());
    List<FileProblem> unmatched = unmatched(listing, labels, frames);
    if (required) {
      // A missing file is reported when its frame is read, so that it costs one video at most.
      for (String name : frames) {
        labels.computeIfAbsent(
            name, missing -> StoredFiles.child(folder, missing + layout.labelSuffix()));
      }
    }
    return new Labels(this, labels, Set.copyOf(tasks), unmatched);
  }

  private List<FileProblem> unmatched(
      FolderListing listing, Map<String, Path> labels, Set<String> frames) {
    List<FileProblem> unmatched = new ArrayList<>();
    Map<String, String> alike = new HashMap<>();
    frames.forEach(frame -> alike.put(folded(frame), frame));
    labels.keySet().stream()
        .filter(name -> !frames.contains(name) && !isCompanion(name, frames))
        .sorted(NaturalOrder.INSTANCE)
        .forEach(name -> unmatched.add(withoutImage(labels.get(name), alike.get(folded(name)))));
    for (FileStatus child : listing.children()) {
      String name = child.getPath().getName();
      if (child.isDirectory() || name.endsWith(layout.labelSuffix())) {
        continue;
      }
      int dot = name.lastIndexOf('.');
      String stem = dot > 0 ? name.substring(0, dot) : name;
      boolean missed =
          Leftovers.isPicture(name) && frames.contains(stem) && !labels.containsKey(stem);
      if (missed || Leftovers.endsAlike(name, layout.labelSuffix())) {
        unmatched.add(
            Leftovers.notRead(
                child.getPath(), "its name does not end in %s".formatted(layout.labelSuffix())));
      }
    }
    return unmatched;
  }

  /** Whether a file belongs to the labels of a frame without being them. */
  private boolean isCompanion(String name, Set<String> frames) {
    String companion = layout.labelCompanion();
    return !companion.isEmpty()
        && name.endsWith(companion)
        && frames.contains(name.substring(0, name.length() - companion.length()));
  }

  private static FileProblem withoutImage(Path label, String alike) {
    String hint =
        alike == null
            ? ""
            : "; image %s differs in letter case or in how accents are written".formatted(alike);
    return new FileProblem(
        CatalogCheck.Kind.UNKNOWN_IMAGE,
        "%s: labels without an image of this name%s".formatted(label, hint));
  }

  /** The form in which names are equal that people take for equal. */
  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  @Override
  public List<FileProblem> unmatched(SplitDefinition split, Set<String> videos) {
    Path folder = FolderVideos.folder(root, layout.labels(), split);
    if (!StoredFiles.isFolder(folder, hadoop)) {
      return List.of();
    }
    FolderListing listing = FolderListing.of(folder, hadoop);
    List<FileProblem> unmatched = new ArrayList<>();
    for (FileStatus child : listing.children()) {
      String name = child.getPath().getName();
      if (child.isDirectory() && !videos.contains(name)) {
        unmatched.add(
            new FileProblem(
                CatalogCheck.Kind.UNKNOWN_IMAGE,
                "%s: labels of a video without images".formatted(child.getPath())));
      } else if (!child.isDirectory() && name.endsWith(layout.labelSuffix())) {
        unmatched.add(
            Leftovers.notRead(
                child.getPath(), "labels lie in the folder of their video, not beside it"));
      }
    }
    return unmatched;
  }

  /** Only KITTI-STEP's maps serve more than one task. */
  private StoredTruth truth(Path path, Set<Task> tasks) {
    return tasks.equals(SEMANTIC_ONLY)
        ? new LabelImage(path, layout.labelEncoding(), classes, hadoop)
        : new StepPanopticMap(path, tasks, classes, hadoop);
  }
}
