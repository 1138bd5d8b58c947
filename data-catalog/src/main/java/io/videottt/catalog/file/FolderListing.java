package io.videottt.catalog.file;

import io.videottt.base.NaturalOrder;
import io.videottt.io.storage.FileSystems;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * What a folder holds, in natural order of the names, without {@link SystemFiles}.
 *
 * @param children the files and folders
 * @param broken entries that lead nowhere: links whose target is not there, and names that this
 *     machine's character set cannot write. Hadoop's listing of a local disk leaves them out.
 */
public record FolderListing(List<FileStatus> children, List<Path> broken) {

  private static final Comparator<Path> BY_NAME =
      Comparator.comparing(Path::getName, NaturalOrder.INSTANCE);

  /**
   * Lists a folder.
   *
   * @throws io.videottt.base.InvalidInputException when it is not there or cannot be read
   */
  public static FolderListing of(Path folder, Configuration hadoop) {
    try {
      FileSystem files = FileSystems.of(folder, hadoop);
      return of(folder, files.listStatus(folder), files);
    } catch (FileNotFoundException e) {
      throw new FileProblem(
          FileProblem.Kind.MISSING, "%s: the folder does not exist".formatted(folder), e);
    } catch (IOException e) {
      throw new FileProblem(
          FileProblem.Kind.UNREADABLE,
          "%s: cannot be listed: %s".formatted(folder, StoredFiles.reason(e)),
          e);
    }
  }

  private static FolderListing of(Path folder, FileStatus[] found, FileSystem files) {
    List<FileStatus> children =
        Arrays.stream(found)
            .filter(child -> !SystemFiles.isOne(child.getPath().getName()))
            .sorted(Comparator.comparing(FileStatus::getPath, BY_NAME))
            .toList();
    return new FolderListing(children, broken(folder, found, files));
  }

  private static List<Path> broken(Path folder, FileStatus[] found, FileSystem files) {
    FileSystem raw = files instanceof LocalFileSystem checked ? checked.getRaw() : files;
    if (!(raw instanceof RawLocalFileSystem local)) {
      return List.of();
    }
    File here = local.pathToFile(folder);
    String[] names = here.list();
    if (names == null) {
      return List.of();
    }
    Set<String> listed =
        Arrays.stream(found).map(child -> child.getPath().getName()).collect(Collectors.toSet());
    return Arrays.stream(names)
        .filter(name -> !listed.contains(name) && !SystemFiles.isOne(name))
        .filter(name -> !new File(here, name).exists())
        .map(name -> local.makeQualified(StoredFiles.child(folder, name)))
        .sorted(BY_NAME)
        .toList();
  }

  /**
   * The files whose names end in a suffix, by what comes before it. Broken links are among them:
   * they are missed when they are read, which is better than not at all.
   *
   * @return a new map
   */
  public Map<String, Path> named(String suffix) {
    Map<String, Path> files = new HashMap<>();
    for (FileStatus status : children) {
      if (!status.isDirectory()) {
        put(status.getPath(), suffix, files);
      }
    }
    broken.forEach(path -> put(path, suffix, files));
    return files;
  }

  private static void put(Path path, String suffix, Map<String, Path> files) {
    String name = path.getName();
    if (name.endsWith(suffix) && name.length() > suffix.length()) {
      files.put(name.substring(0, name.length() - suffix.length()), path);
    }
  }
}
