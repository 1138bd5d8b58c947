package io.videottt.catalog.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What the folders and lists of a data set hold and no frame uses.
 *
 * @param problems what was probably meant to be used: pictures under other names, labels without
 *     images, lines of lists that name nothing
 * @param others files of other kinds, which are passed over
 */
public record Leftovers(List<FileProblem> problems, List<Path> others) {

  public static final Leftovers NONE = new Leftovers(List.of(), List.of());

  private static final Set<String> PICTURES =
      Set.of(
          "png", "jpg", "jpeg", "jpe", "jfif", "bmp", "dib", "tif", "tiff", "gif", "webp", "ppm",
          "pgm", "pnm", "jp2", "heic", "heif", "avif");

  public Leftovers {
    problems = List.copyOf(problems);
    others = List.copyOf(others);
  }

  /**
   * Of the folder of a video.
   *
   * @param suffix what the names of its images end in
   */
  public static Leftovers ofImages(FolderListing listing, String suffix) {
    List<FileProblem> problems = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (Path path : paths(listing)) {
      String name = path.getName();
      if (name.endsWith(suffix) && name.length() > suffix.length()) {
        continue;
      }
      if (isPicture(name) || endsAlike(name, suffix)) {
        problems.add(notRead(path, "its name does not end in %s".formatted(suffix)));
      } else {
        others.add(path);
      }
    }
    folders(listing)
        .forEach(path -> problems.add(notRead(path, "it is a folder within that of a video")));
    return new Leftovers(problems, others);
  }

  /** Of the folder that holds those of the videos. */
  public static Leftovers besideVideos(FolderListing listing) {
    List<FileProblem> problems = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (FileStatus child : listing.children()) {
      if (child.isDirectory()) {
        continue;
      }
      if (isPicture(child.getPath().getName())) {
        problems.add(
            notRead(child.getPath(), "frames lie in the folder of their video, not beside it"));
      } else {
        others.add(child.getPath());
      }
    }
    for (Path path : listing.broken()) {
      problems.add(
          new FileProblem(
              FileProblem.Kind.MISSING, "%s: leads nowhere: a broken link?".formatted(path)));
    }
    return new Leftovers(problems, others);
  }

  private static List<Path> paths(FolderListing listing) {
    List<Path> paths = new ArrayList<>();
    for (FileStatus child : listing.children()) {
      if (!child.isDirectory()) {
        paths.add(child.getPath());
      }
    }
    paths.addAll(listing.broken());
    return paths;
  }

  private static List<Path> folders(FolderListing listing) {
    return listing.children().stream()
        .filter(FileStatus::isDirectory)
        .map(FileStatus::getPath)
        .toList();
  }

  /** A picture that is not read. */
  public static FileProblem notRead(Path path, String reason) {
    return new FileProblem(
        FileProblem.Kind.NOT_READ, "%s: is not read: %s".formatted(path, reason));
  }

  /** Whether a name says that a file is a picture. */
  public static boolean isPicture(String name) {
    return PICTURES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  /** Whether a name ends in a suffix but for upper and lower case. */
  public static boolean endsAlike(String name, String suffix) {
    return name.length() > suffix.length()
        && name.regionMatches(true, name.length() - suffix.length(), suffix, 0, suffix.length());
  }
}
