package io.videottt.catalog.folders;

import io.videottt.base.InvalidInputException;
import io.videottt.base.NaturalOrder;
import io.videottt.catalog.file.FolderListing;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.catalog.image.LabelEncoding;
import io.videottt.catalog.image.LabelMap;
import io.videottt.io.storage.FileSystems;
import io.videottt.io.storage.Storage;
import io.videottt.io.storage.StorageLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A folder of PNG label maps, one per frame: {@code NAME.png}, and in folders of videos {@code
 * VIDEO/NAME.png}. Safe to share between threads.
 */
public final class LabelFolder {

  private static final int LARGEST_FILE_BYTES = 256 << 20;
  private static final String EXTENSION = ".png";

  private final Path folder;
  private final List<String> names;
  private final List<String> notRead;
  private final Configuration hadoop;

  private LabelFolder(Path folder, List<String> names, List<String> notRead, Configuration hadoop) {
    this.folder = folder;
    this.names = List.copyOf(names);
    this.notRead = List.copyOf(notRead);
    this.hadoop = hadoop;
  }

  /**
   * Lists a folder and the folders in it.
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
    List<String> notRead = new ArrayList<>();
    FolderListing listing = FolderListing.of(path, hadoop);
    add(listing, "", names, notRead);
    for (FileStatus child : listing.children()) {
      if (child.isDirectory()) {
        String video = child.getPath().getName() + "/";
        FolderListing frames = FolderListing.of(child.getPath(), hadoop);
        add(frames, video, names, notRead);
        frames.children().stream()
            .filter(FileStatus::isDirectory)
            .forEach(inner -> notRead.add(video + inner.getPath().getName() + "/"));
      }
    }
    if (names.isEmpty()) {
      throw new InvalidInputException(
          "%s: the folder holds no .png file, nor do the folders in it".formatted(path));
    }
    return new LabelFolder(path, names, notRead, hadoop);
  }

  /**
   * The same folder, a file of which is not left unread, but read as something else.
   *
   * @param file any Hadoop path, of this folder or not
   */
  public LabelFolder besides(Path file) {
    Path place = qualified(file);
    return new LabelFolder(
        folder,
        names,
        notRead.stream()
            .filter(name -> !qualified(StoredFiles.child(folder, name)).equals(place))
            .toList(),
        hadoop);
  }

  private Path qualified(Path path) {
    try {
      return FileSystems.of(path, hadoop).makeQualified(path);
    } catch (IOException e) {
      throw Storage.unreadable(path, e);
    }
  }

  /** Broken links count as files: reading them says what is wrong. */
  private static void add(
      FolderListing listing, String video, List<String> names, List<String> notRead) {
    List<Path> files = new ArrayList<>();
    listing.children().stream()
        .filter(child -> !child.isDirectory())
        .forEach(child -> files.add(child.getPath()));
    files.addAll(listing.broken());
    files.stream()
        .map(Path::getName)
        .sorted(NaturalOrder.INSTANCE)
        .forEach(name -> (isLabelMap(name) ? names : notRead).add(video + name));
  }

  private static boolean isLabelMap(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(EXTENSION);
  }

  /** Where the files are. */
  public Path folder() {
    return folder;
  }

  /**
   * The files in natural order of their names, those of the folder itself before those of its
   * videos: {@code NAME.png} or {@code VIDEO/NAME.png}, with the extension as it is.
   */
  public List<String> names() {
    return names;
  }

  /** What else is in the folders: files that are no PNG, and folders within those of videos. */
  public List<String> notRead() {
    return notRead;
  }

  /**
   * Reads a label map: the ids as the file stores them.
   *
   * @param name one of {@link #names()}
   * @throws InvalidInputException when the file is damaged or not of one channel
   */
  public LabelMap read(String name) {
    Path file = StoredFiles.child(folder, name);
    return ImageDecoder.decodeLabels(
        StoredFiles.read(file, LARGEST_FILE_BYTES, hadoop),
        file.toString(),
        LabelEncoding.SINGLE_CHANNEL);
  }
}
