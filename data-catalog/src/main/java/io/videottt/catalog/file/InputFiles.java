package io.videottt.catalog.file;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.io.storage.FileSystems;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files that something is read from, as their folders list them: no byte is read. Their names
 * are relative to the folder of their kind, so that data that were moved are the same. A file that
 * is not there is left out, which is found when it is read.
 */
public final class InputFiles {

  private static final String IMAGES = "images/";
  private static final int CHUNK = 1 << 20;

  private final Configuration hadoop;
  private final Map<String, Entry> files = new TreeMap<>();

  /**
   * A file as its folder lists it.
   *
   * @param path where it is now
   * @param size bytes
   * @param modified time of its last change, milliseconds since 1970
   */
  public record Entry(Path path, long size, long modified) {}

  public InputFiles(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** Adds the images of frames, as {@code images/} and their place below the folder of them all. */
  public void addImages(Collection<Path> images) {
    Path common = null;
    Map<Path, Map<String, FileStatus>> folders = new HashMap<>();
    for (Path image : images) {
      Path folder = image.getParent();
      folders.computeIfAbsent(folder, this::list);
      common = common == null ? folder : common(common, folder);
    }
    for (Path image : images) {
      FileStatus status = folders.get(image.getParent()).get(image.getName());
      if (status != null) {
        add(IMAGES + below(common, image), status);
      }
    }
  }

  /**
   * Adds files of a folder.
   *
   * @param kind what goes before their names, for example {@code labels/}
   * @param wanted whether a name is that of one of the files
   */
  public void addAll(String kind, Path folder, Predicate<String> wanted) {
    list(folder)
        .forEach(
            (name, status) -> {
              if (wanted.test(name)) {
                add(kind + name, status);
              }
            });
  }

  /**
   * Adds a file.
   *
   * @param name what it is called here, wherever it lies
   */
  public void addFile(String name, Path path) {
    FileStatus status = list(path.getParent()).get(path.getName());
    if (status != null) {
      add(name, status);
    }
  }

  /** Adds the files of a part, as {@code PART/} and their names there. */
  public void addPart(String part, InputFiles others) {
    others.files.forEach((name, file) -> files.put(part + "/" + name, file));
  }

  private void add(String name, FileStatus status) {
    files.put(name, new Entry(status.getPath(), status.getLen(), status.getModificationTime()));
  }

  /** The files by their names, for example {@code images/0001.png}. */
  public Map<String, Entry> files() {
    return Collections.unmodifiableMap(files);
  }

  /** The SHA-256 of a file's bytes, which are read for it. */
  public String sha256(String name) throws IOException {
    Path path = files.get(name).path();
    MessageDigest digest = Sha256.digest();
    byte[] chunk = new byte[CHUNK];
    try (FSDataInputStream stream = FileSystems.of(path, hadoop).open(path)) {
      for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return Sha256.hex(digest);
  }

  private static Path common(Path one, Path other) {
    Path common = one;
    while (common.getParent() != null && !isBelow(common, other)) {
      common = common.getParent();
    }
    return common;
  }

  private static boolean isBelow(Path folder, Path path) {
    for (Path each = path; each != null; each = each.getParent()) {
      if (each.equals(folder)) {
        return true;
      }
    }
    return false;
  }

  private static String below(Path folder, Path file) {
    StringBuilder name = new StringBuilder(file.getName());
    for (Path each = file.getParent();
        each != null && !each.equals(folder);
        each = each.getParent()) {
      name.insert(0, each.getName() + "/");
    }
    return name.toString();
  }

  /** The files of a folder by name; none when it is not there. */
  private Map<String, FileStatus> list(Path folder) {
    Map<String, FileStatus> found = new HashMap<>();
    try {
      for (FileStatus status : FolderListing.of(folder, hadoop).children()) {
        if (!status.isDirectory()) {
          found.put(status.getPath().getName(), status);
        }
      }
    } catch (InvalidInputException e) {
      return Map.of();
    }
    return found;
  }
}
