package io.videottt.catalog;

import io.videottt.metrics.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A folder of PNG label maps, one per frame. Safe to share between threads. */
public final class LabelFolder {

  private static final int LARGEST_FILE_BYTES = 256 << 20;
  private static final String EXTENSION = ".png";

  private final Path folder;
  private final List<String> names;
  private final Configuration hadoop;

  private LabelFolder(Path folder, List<String> names, Configuration hadoop) {
    this.folder = folder;
    this.names = List.copyOf(names);
    this.hadoop = hadoop;
  }

  /**
   * Lists a folder.
   *
   * @param folder any Hadoop path
   * @throws InvalidInputException when it is not there or holds no PNG file
   */
  public static LabelFolder open(String folder, Configuration hadoop) {
    Path path = StorageLocation.parse(folder, "folder of label maps");
    if (!StoredFiles.isFolder(path, hadoop)) {
      throw new InvalidInputException("%s: no such folder".formatted(path));
    }
    List<String> names = new ArrayList<>();
    for (FileStatus file : StoredFiles.list(path, hadoop)) {
      String name = file.getPath().getName();
      if (file.isFile() && name.toLowerCase(Locale.ROOT).endsWith(EXTENSION)) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      throw new InvalidInputException("%s: the folder holds no .png file".formatted(path));
    }
    return new LabelFolder(path, names, hadoop);
  }

  /** Where the files are. */
  public Path folder() {
    return folder;
  }

  /** The names of the files in natural order. */
  public List<String> names() {
    return names;
  }

  /**
   * Reads a label map: the ids as the file stores them.
   *
   * @param name one of {@link #names()}
   * @throws InvalidInputException when the file is damaged or not of one channel
   */
  public LabelMap read(String name) {
    Path file = new Path(folder, name);
    return ImageDecoder.decodeLabels(
        StoredFiles.read(file, LARGEST_FILE_BYTES, hadoop),
        file.toString(),
        LabelEncoding.SINGLE_CHANNEL);
  }
}
