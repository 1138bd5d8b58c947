package io.videottt.catalog.film;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.FolderListing;
import io.videottt.catalog.file.InputFiles;
import io.videottt.catalog.file.Leftovers;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.video.Video;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The videos of a folder of video files, found by listing. */
final class FilmFolder implements VideoSource {

  private static final Set<String> EXTENSIONS = Set.of("mp4", "m4v", "mov", "mkv", "webm", "avi");

  /** What people take for one of them. */
  private static final Set<String> OTHER_VIDEOS =
      Set.of("mpg", "mpeg", "wmv", "flv", "ts", "mts", "m2ts", "vob", "ogv", "3gp", "gif", "m3u8");

  private final VideoFilesLayout layout;
  private final DataSetDefinition definition;
  private final Configuration hadoop;
  private final Map<Path, FrameTimes> times = new ConcurrentHashMap<>();

  FilmFolder(VideoFilesLayout layout, DataSetDefinition definition, Configuration hadoop) {
    this.layout = layout;
    this.definition = definition;
    this.hadoop = hadoop;
  }

  private Path folder(SplitDefinition split) {
    if (!split.list().isEmpty()) {
      throw new InvalidInputException(
          "data set %s: list names frames by their files, which layout %s has not; choose them by"
                  .formatted(definition.name(), layout.type())
              + " from, to and everySeconds");
    }
    Path folder = definition.rootFolder();
    for (String below : List.of(layout.videos(), split.folder())) {
      folder = below.isEmpty() ? folder : StoredFiles.child(folder, below);
    }
    return folder;
  }

  /** Whether a file is a video by its name. */
  static boolean isFilm(String name) {
    return EXTENSIONS.contains(extension(name));
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> videoIds(SplitDefinition split) {
    Path folder = folder(split);
    if (!split.videos().isEmpty()) {
      return split.videos();
    }
    return FolderListing.of(folder, hadoop).children().stream()
        .filter(child -> !child.isDirectory())
        .map(child -> child.getPath().getName())
        .filter(FilmFolder::isFilm)
        .toList();
  }

  @Override
  public Video video(SplitDefinition split, String id, Set<Task> tasks) {
    Path file = StoredFiles.child(folder(split), id);
    FrameTimes all =
        times.computeIfAbsent(file, unread -> FrameTimes.of(unread, hadoop, layout.reach()));
    return new Film(
        id, file, FrameChoice.of(all, layout, file.toString()), layout, all, rate(split), hadoop);
  }

  /** The frame rate that the catalogue names in place of the files' own; 0 for none. */
  private double rate(SplitDefinition split) {
    return split.framesPerSecond(definition);
  }

  @Override
  public void addFiles(SplitDefinition split, String id, InputFiles files) {
    files.addFile("videos/" + id, StoredFiles.child(folder(split), id));
  }

  @Override
  public Leftovers leftovers(SplitDefinition split) {
    FolderListing listing = FolderListing.of(folder(split), hadoop);
    List<FileProblem> problems = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (FileStatus child : listing.children()) {
      Path path = child.getPath();
      if (child.isDirectory() || isFilm(path.getName())) {
        continue;
      }
      if (OTHER_VIDEOS.contains(extension(path.getName()))) {
        problems.add(
            Leftovers.notRead(path, "videos are read from mp4, m4v, mov, mkv, webm and avi"));
      } else {
        others.add(path);
      }
    }
    for (Path path : listing.broken()) {
      problems.add(
          new FileProblem(
              FileProblem.Kind.MISSING, "%s: leads nowhere: a broken link?".formatted(path)));
    }
    return new Leftovers(problems, others);
  }
}
