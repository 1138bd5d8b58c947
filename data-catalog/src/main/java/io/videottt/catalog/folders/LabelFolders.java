package io.videottt.catalog.folders;

import io.videottt.base.NaturalOrder;
import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.FolderListing;
import io.videottt.catalog.file.InputFiles;
import io.videottt.catalog.file.Leftovers;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.truth.StoredTruth;
import io.videottt.catalog.truth.TruthFinder;
import io.videottt.catalog.truth.TruthSource;
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

  private static final String KIND = "labels/";

  private final FolderLayout layout;
  private final SourceClasses classes;
  private final Path root;
  private final Configuration hadoop;

  LabelFolders(FolderLayout layout, DataSetDefinition definition, Configuration hadoop) {
    this.layout = layout;
    this.classes = new SourceClasses(definition);
    this.root = definition.rootFolder();
    this.hadoop = hadoop;
  }

  /**
   * The label files of a video.
   *
   * @param files of each annotated frame: where one was found, or where it must be
   * @param gray of the frames that have them: images of class ids, of which {@code files} has the
   *     place of the map
   * @param sizes of some frames: JSON files with their size
   * @param tasks what they serve
   * @param unmatched those without a frame
   */
  private record Labels(
      LabelFolders folders,
      Map<String, Path> files,
      Map<String, Path> gray,
      Map<String, Path> sizes,
      Set<Task> tasks,
      List<FileProblem> unmatched)
      implements TruthSource {

    @Override
    public Optional<StoredTruth> of(String frame) {
      Path path = files.get(frame);
      if (path == null) {
        return Optional.empty();
      }
      Path image = gray.get(frame);
      if (image == null || !tasks.contains(Task.SEMANTIC)) {
        return Optional.of(folders.layout.truth(path, tasks, folders.classes, folders.hadoop));
      }
      return Optional.of(
          new StepTruth(
              image,
              Optional.ofNullable(sizes.get(frame)),
              path,
              tasks,
              folders.classes,
              folders.hadoop));
    }
  }

  @Override
  public TruthSource find(
      SplitDefinition split, String video, Set<String> frames, Set<Task> tasks) {
    Path folder = folder(split, video);
    boolean required = split.labels() == LabelPolicy.REQUIRED;
    if (!required && !StoredFiles.isFolder(folder, hadoop)) {
      return TruthSource.NONE;
    }
    FolderListing listing = FolderListing.of(folder, hadoop);
    Map<String, Path> labels = listing.named(layout.labelSuffix());
    Map<String, Path> gray = beside(listing, layout.graySuffix(), frames);
    // Of a frame that is itself called NAME_sem, these are the labels.
    gray.values().removeIf(path -> frames.contains(stem(path.getName())));
    gray.values().forEach(path -> labels.remove(stem(path.getName())));
    List<FileProblem> unmatched = unmatched(listing, labels, frames);
    // A missing file is reported when its frame is read, so that it costs one video at most. A gray
    // image annotates its frame for semantic segmentation also where the map is missing.
    Set<String> annotated =
        required ? frames : tasks.contains(Task.SEMANTIC) ? gray.keySet() : Set.of();
    for (String name : annotated) {
      labels.computeIfAbsent(
          name, missing -> StoredFiles.child(folder, missing + layout.labelSuffix()));
    }
    return new Labels(
        this,
        labels,
        gray,
        beside(listing, layout.sizeSuffix(), frames),
        Set.copyOf(tasks),
        unmatched);
  }

  /** The files of frames that lie beside their labels; empty where there are none of the kind. */
  private static Map<String, Path> beside(
      FolderListing listing, String suffix, Set<String> frames) {
    if (suffix.isEmpty()) {
      return new HashMap<>();
    }
    Map<String, Path> files = listing.named(suffix);
    files.keySet().retainAll(frames);
    return files;
  }

  private String stem(String name) {
    return name.substring(0, name.length() - layout.labelSuffix().length());
  }

  private List<FileProblem> unmatched(
      FolderListing listing, Map<String, Path> labels, Set<String> frames) {
    List<FileProblem> unmatched = new ArrayList<>();
    Map<String, String> alike = new HashMap<>();
    frames.forEach(frame -> alike.put(folded(frame), frame));
    labels.keySet().stream()
        .filter(name -> !frames.contains(name))
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

  private static FileProblem withoutImage(Path label, String alike) {
    String hint =
        alike == null
            ? ""
            : "; image %s differs in letter case or in how accents are written".formatted(alike);
    return new FileProblem(
        FileProblem.Kind.UNKNOWN_IMAGE,
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
                FileProblem.Kind.UNKNOWN_IMAGE,
                "%s: labels of a video without images".formatted(child.getPath())));
      } else if (!child.isDirectory() && name.endsWith(layout.labelSuffix())) {
        unmatched.add(
            Leftovers.notRead(
                child.getPath(), "labels lie in the folder of their video, not beside it"));
      }
    }
    return unmatched;
  }

  @Override
  public void addFiles(SplitDefinition split, String video, Set<String> frames, InputFiles files) {
    String suffix = layout.labelSuffix();
    files.addAll(
        KIND, folder(split, video), name -> name.endsWith(suffix) && frames.contains(stem(name)));
  }

  private Path folder(SplitDefinition split, String video) {
    return StoredFiles.child(FolderVideos.folder(root, layout.labels(), split), video);
  }
}
