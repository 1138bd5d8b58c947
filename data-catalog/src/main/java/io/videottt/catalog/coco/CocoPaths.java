package io.videottt.catalog.coco;

import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.io.storage.FileSystems;
import io.videottt.io.storage.SafePaths;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The file names of a COCO file as paths below the folder that they are looked for in. Tools write
 * {@code ./a.jpg}, which is a.jpg, and absolute paths, often of another machine: one that lies in
 * the folder is taken as it is, of others the part behind the folder that all absolute names of the
 * file share. No name leads out of the folder.
 */
final class CocoPaths {

  /** The folders of the absolute names, each ending in a slash. */
  private final Set<String> folders;

  private final Map<String, String> sharedBeside = new ConcurrentHashMap<>();

  private CocoPaths(Set<String> folders) {
    this.folders = folders;
  }

  /**
   * @param fileNames all of one list, as {@link #plain} gives them
   */
  static CocoPaths of(Collection<String> fileNames) {
    return new CocoPaths(
        fileNames.stream()
            .filter(CocoPaths::isAbsolute)
            .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** A file name without {@code .} and empty parts; absolute if it was. */
  static String plain(String fileName) {
    List<String> parts =
        Arrays.stream(fileName.split("/", -1))
            .filter(part -> !part.isEmpty() && !part.equals("."))
            .toList();
    return parts.stream().collect(Collectors.joining("/", isAbsolute(fileName) ? "/" : "", ""));
  }

  /**
   * Where a file is.
   *
   * @param fileName as {@link #plain} gives it
   * @param what is named in the message
   * @throws io.videottt.base.InvalidInputException when the name leads out of the folder
   */
  Path in(Path folder, String fileName, String what, Configuration hadoop) {
    SafePaths.requireRelative(isAbsolute(fileName) ? fileName.substring(1) : fileName, what);
    return StoredFiles.child(
        folder, isAbsolute(fileName) ? relative(folder, fileName, hadoop) : fileName);
  }

  private String relative(Path folder, String fileName, Configuration hadoop) {
    String here;
    try {
      here = FileSystems.of(folder, hadoop).makeQualified(folder).toUri().getPath() + "/";
    } catch (IOException e) {
      throw new FileProblem(
          FileProblem.Kind.UNREADABLE, "%s: cannot be reached".formatted(folder), e);
    }
    String above =
        fileName.startsWith(here)
            ? here
            : sharedBeside.computeIfAbsent(
                here,
                own ->
                    folders.stream()
                        .filter(other -> !other.startsWith(own))
                        .reduce(CocoPaths::sharedFolder)
                        .orElse("/"));
    return fileName.substring(above.length());
  }

  private static boolean isAbsolute(String fileName) {
    return fileName.startsWith("/");
  }

  /** Both end in a slash. */
  private static String sharedFolder(String one, String two) {
    int end = 0;
    int most = Math.min(one.length(), two.length());
    for (int i = 0; i < most && one.charAt(i) == two.charAt(i); i++) {
      end = one.charAt(i) == '/' ? i + 1 : end;
    }
    return one.substring(0, end);
  }
}
