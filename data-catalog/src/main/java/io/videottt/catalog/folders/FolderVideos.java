package io.videottt.catalog.folders;

import io.videottt.base.InvalidInputException;
import io.videottt.base.NaturalOrder;
import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.FolderListing;
import io.videottt.catalog.file.InputFiles;
import io.videottt.catalog.file.Leftovers;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.truth.TruthFinder;
import io.videottt.catalog.truth.TruthSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Videos as folders of image files, found by listing. */
public final class FolderVideos implements VideoSource {

  private final DataSetDefinition definition;
  private final String images;
  private final String suffix;
  private final TruthFinder truths;
  private final Path root;
  private final Configuration hadoop;
  private final Map<Path, FrameList> lists = new ConcurrentHashMap<>();

  /**
   * @param images folder of the images below the root
   * @param suffix what follows a frame's name in its image's file name
   * @param truths finds the ground truth of the frames
   */
  public FolderVideos(
      DataSetDefinition definition,
      String images,
      String suffix,
      TruthFinder truths,
      Configuration hadoop) {
    this.definition = definition;
    this.images = images;
    this.suffix = suffix;
    this.truths = truths;
    this.root = definition.rootFolder();
    this.hadoop = hadoop;
  }

  @Override
  public List<String> videoIds(SplitDefinition split) {
    if (!split.videos().isEmpty()) {
      return split.videos();
    }
    List<String> folders = folders(FolderListing.of(folder(root, images, split), hadoop));
    if (split.list().isEmpty()) {
      return folders;
    }
    Set<String> listed = list(split).videos();
    return folders.stream().filter(listed::contains).toList();
  }

  private static List<String> folders(FolderListing listing) {
    return listing.children().stream()
        .filter(FileStatus::isDirectory)
        .map(status -> status.getPath().getName())
        .toList();
  }

  private FrameList list(SplitDefinition split) {
    return lists.computeIfAbsent(
        StoredFiles.child(root, split.list()), file -> FrameList.read(file, hadoop));
  }

  @Override
  public FileVideo video(SplitDefinition split, String id, Set<Task> tasks) {
    Path folder = StoredFiles.child(folder(root, images, split), id);
    FolderListing listing = FolderListing.of(folder, hadoop);
    Map<String, Path> files = listing.named(suffix);
    Set<String> all = Set.copyOf(files.keySet());
    Leftovers left = Leftovers.ofImages(listing, suffix);
    List<FileProblem> unmatched = new ArrayList<>(left.problems());
    if (!split.list().isEmpty()) {
      FrameList list = list(split);
      files.keySet().retainAll(list.frames(id, all, suffix));
      unmatched.addAll(list.unmatched(id, all, suffix, folder));
    }
    if (files.isEmpty()) {
      throw new InvalidInputException(empty(folder, split, id, all, left));
    }
    boolean unlabelled = split.labels() == LabelPolicy.NONE || tasks.isEmpty();
    TruthSource truth = unlabelled ? TruthSource.NONE : truths.find(split, id, all, tasks);
    unmatched.addAll(truth.unmatched());
    List<FrameFile> frames =
        files.keySet().stream()
            .sorted(NaturalOrder.INSTANCE)
            .map(name -> new FrameFile(name, files.get(name)))
            .toList();
    return new FileVideo(
        id,
        split.framesPerSecond(definition),
        frames,
        truth,
        new Leftovers(unmatched, left.others()),
        hadoop);
  }

  private String empty(
      Path folder, SplitDefinition split, String id, Set<String> all, Leftovers left) {
    if (!all.isEmpty()) {
      return "%s: %s names none of the %d frames of video %s"
          .formatted(folder, StoredFiles.child(root, split.list()), all.size(), id);
    }
    int others = left.problems().size() + left.others().size();
    return "%s: video %s has no files that end in %s%s"
        .formatted(
            folder, id, suffix, others == 0 ? "" : " and %d of other names".formatted(others));
  }

  @Override
  public void addFiles(SplitDefinition split, String id, InputFiles files) {
    List<FrameFile> frames = video(split, id, Set.of()).frames();
    files.addImages(frames.stream().map(FrameFile::image).toList());
    if (split.labels() != LabelPolicy.NONE) {
      truths.addFiles(
          split, id, frames.stream().map(FrameFile::name).collect(Collectors.toSet()), files);
    }
  }

  @Override
  public Leftovers leftovers(SplitDefinition split) {
    Path folder = folder(root, images, split);
    FolderListing listing = FolderListing.of(folder, hadoop);
    Leftovers beside = Leftovers.besideVideos(listing);
    List<FileProblem> problems = new ArrayList<>(beside.problems());
    Set<String> known = new HashSet<>(folders(listing));
    known.addAll(split.videos());
    if (!split.list().isEmpty()) {
      problems.addAll(list(split).unmatched(known, folder));
    }
    if (split.labels() != LabelPolicy.NONE) {
      problems.addAll(truths.unmatched(split, known));
    }
    return new Leftovers(problems, beside.others());
  }

  /** A folder of a split: {@code ROOT/KIND/[SPLIT FOLDER]}. */
  public static Path folder(Path root, String kind, SplitDefinition split) {
    Path folder = StoredFiles.child(root, kind);
    return split.folder().isEmpty() ? folder : StoredFiles.child(folder, split.folder());
  }
}
