package io.videottt.io.storage;

import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Files on a local disk, on HDFS or in an object store, through one interface. A file that is
 * written here appears whole or not at all, over an older one if there is one:
 *
 * <ul>
 *   <li>local disks and HDFS rename atomically, so a file is written under a temporary name and
 *       renamed;
 *   <li>object stores rename by copying, but show an upload only when it is complete, so a file is
 *       written on the local disk and uploaded.
 * </ul>
 *
 * <p>No object store makes a folder of several files appear at once. A folder therefore counts,
 * everywhere, with the file that its owner writes last and deletes first. On a local disk there are
 * none of the hidden checksum files that Hadoop adds. Thread-safe.
 */
public final class Storage {

  /** Stores that rename by copying. Azure's abfs and wasb are not among them: they rename. */
  private static final Set<String> OBJECT_STORES =
      Set.of("s3a", "s3", "s3n", "gs", "oss", "obs", "cosn");

  /** Bytes of a file's name on the usual file systems. */
  private static final int LONGEST_NAME = 255;

  private static final int CHUNK = 1 << 20;

  /** Names of open files, which may be ordinary ones; {@code /dev/shm} is a disk like any other. */
  private static final List<String> OPEN_FILES =
      List.of("/dev/stdout", "/dev/stderr", "/dev/fd", "/proc");

  /** So often a file is replaced by others in a row, and never more. */
  private static final int MOST_READINGS = 20;

  private final FileSystem files;
  private final Configuration hadoop;
  private FileContext context;

  private Storage(FileSystem files, Configuration hadoop) {
    this.files = files;
    this.hadoop = hadoop;
  }

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {

    /** Writes everything; the stream is closed by the caller. */
    void writeTo(OutputStream stream) throws IOException;
  }

  /**
   * The storage that a path is on.
   *
   * @throws IOException when there is no such file system or it cannot be reached
   */
  public static Storage of(Path path, Configuration hadoop) throws IOException {
    FileSystem fileSystem = FileSystems.of(path, hadoop);
    return new Storage(
        fileSystem instanceof LocalFileSystem local ? local.getRaw() : fileSystem, hadoop);
  }

  /** The file system behind it; the local one without checksum files. */
  public FileSystem fileSystem() {
    return files;
  }

  /** The path with scheme, authority and the whole way from the root. */
  public Path qualified(Path path) {
    return files.makeQualified(path);
  }

  /** Whether files appear by uploads instead of by renaming. */
  public boolean isObjectStore() {
    return isObjectStore(files.getUri().getScheme());
  }

  static boolean isObjectStore(String scheme) {
    return OBJECT_STORES.contains(scheme);
  }

  /** The path on this machine's disks; empty on other storages. */
  public Optional<java.nio.file.Path> local(Path path) {
    return files instanceof RawLocalFileSystem local
        ? Optional.of(local.pathToFile(path).toPath())
        : Optional.empty();
  }

  /**
   * What is there where it is neither file nor folder: a device, a pipe, or an open file of the
   * process by another name ({@code /dev/stdout}). Such a thing is written into, never replaced.
   */
  public Optional<java.nio.file.Path> special(Path path) {
    return local(path).map(java.nio.file.Path::toAbsolutePath).filter(Storage::isSpecial);
  }

  private static boolean isSpecial(java.nio.file.Path place) {
    try {
      BasicFileAttributes found = Files.readAttributes(place, BasicFileAttributes.class);
      return found.isOther()
          || found.isRegularFile() && OPEN_FILES.stream().anyMatch(place::startsWith);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether there is such a file or folder. */
  public boolean exists(Path path) throws IOException {
    return files.exists(path);
  }

  /** Whether a new folder may be here: there is nothing, or a folder with nothing in it. */
  public boolean isVacant(Path folder) throws IOException {
    return !files.exists(folder) || !isFile(folder) && files.listStatus(folder).length == 0;
  }

  /** Whether there is such a file, and it is no folder. */
  public boolean isFile(Path path) throws IOException {
    try {
      return files.getFileStatus(path).isFile();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /**
   * Reads a whole file.
   *
   * @param limit the most bytes that are read
   * @throws InvalidInputException when it is larger
   */
  public byte[] read(Path file, int limit) throws IOException {
    return reading(
        file,
        stream -> {
          byte[] bytes = stream.readNBytes(limit);
          if (stream.read() >= 0) {
            throw new InvalidInputException(
                "%s is larger than %d bytes, the most that are read".formatted(file, limit));
          }
          return bytes;
        });
  }

  /** The first bytes of a file, as many as are asked for if there are so many. */
  public byte[] start(Path file, int limit) throws IOException {
    return reading(file, stream -> stream.readNBytes(limit));
  }

  /** The SHA-256 of a file's bytes, as hexadecimal digits. */
  public String sha256(Path file) throws IOException {
    return reading(
        file,
        stream -> {
          MessageDigest digest = Sha256.digest();
          byte[] chunk = new byte[CHUNK];
          for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
            digest.update(chunk, 0, count);
          }
          return Sha256.hex(digest);
        });
  }

  private interface Reading<T> {

    T run(FSDataInputStream stream) throws IOException;
  }

  /** Reads a file anew where another driver has put its own in the place of what was being read. */
  private <T> T reading(Path file, Reading<T> reading) throws IOException {
    for (int left = MOST_READINGS - 1; ; left--) {
      try (FSDataInputStream stream = files.open(file)) {
        return reading.run(stream);
      } catch (PathIOException e) {
        // By its name: the client of object stores is no library of this module.
        if (left == 0 || !e.getClass().getSimpleName().equals("RemoteFileChangedException")) {
          throw e;
        }
      }
    }
  }

  /** Writes a file that appears whole or not at all; makes its folder. */
  public void write(Path file, Content content) throws IOException {
    write(file, file.getParent(), content);
  }

  /**
   * Writes a file that appears whole or not at all; makes its folder.
   *
   * @param temporaryFolder where it is written before it is renamed, on the same file system
   */
  public void write(Path file, Path temporaryFolder, Content content) throws IOException {
    try (UnfinishedFile unfinished = begin(file, temporaryFolder)) {
      FileSystem place = FileSystems.of(unfinished.path(), hadoop);
      try (OutputStream stream =
          (place instanceof LocalFileSystem local ? local.getRaw() : place)
              .create(unfinished.path(), true)) {
        content.writeTo(stream);
      }
      unfinished.publish();
    } catch (FSError e) {
      throw failure(e);
    }
  }

  /**
   * What Hadoop's local file system throws when a disk is full or broken, which is no reason for a
   * process to end, as what other file systems throw.
   */
  public static IOException failure(FSError e) {
    return new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
  }

  /**
   * Begins a file that something else writes, to {@link UnfinishedFile#path()}.
   *
   * @param file what it is called when it is complete
   * @param temporaryFolder where it is written before it is renamed, on the same file system
   */
  public UnfinishedFile begin(Path file, Path temporaryFolder) {
    UUID unique = UUID.randomUUID();
    String name = ".%s.%s".formatted(file.getName(), unique);
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      name = "." + unique;
    }
    Path path =
        isObjectStore()
            ? new Path(java.nio.file.Path.of(System.getProperty("java.io.tmpdir"), name).toUri())
            : child(temporaryFolder, name);
    return new UnfinishedFile(this, path, file);
  }

  /** Moves a complete file from where {@link #begin} put it. */
  public void publish(Path complete, Path file) throws IOException {
    if (isObjectStore()) {
      files.copyFromLocalFile(false, true, complete, file);
      discard(complete);
      return;
    }
    files.mkdirs(file.getParent());
    if (files instanceof RawLocalFileSystem local) {
      if (special(file).isPresent()) {
        throw new FileSystemException(file.toString(), null, "it is a device or a pipe");
      }
      // Hadoop's own rename would fall back to copying.
      Files.move(
          local.pathToFile(complete).toPath(),
          local.pathToFile(file).toPath(),
          StandardCopyOption.ATOMIC_MOVE);
      // A checksum of an older file would not fit this one.
      local.delete(checksum(file), false);
      local.delete(checksum(complete), false);
      return;
    }
    context().rename(complete, file, Options.Rename.OVERWRITE);
  }

  /** A context is a client with connections of its own: one is enough. */
  private synchronized FileContext context() throws IOException {
    if (context == null) {
      context = FileContext.getFileContext(files.getUri(), hadoop);
    }
    return context;
  }

  /** Removes what was written of a file that was not published. */
  void discard(Path unfinished) throws IOException {
    FileSystems.of(unfinished, hadoop).delete(unfinished, false);
  }

  private static Path checksum(Path file) {
    return child(file.getParent(), "." + file.getName() + ".crc");
  }

  /**
   * A path below a folder.
   *
   * @param name a name or a relative path; a colon in it is a character like any other, which
   *     Hadoop's own constructor takes for the end of a scheme
   */
  public static Path child(Path folder, String name) {
    return new Path(folder, new Path(null, null, name));
  }

  /**
   * All files below a folder whose names end so, hidden and unfinished ones and those in hidden
   * folders left out, as Spark does. No files when there is no such folder.
   */
  public List<Path> filesBelow(Path folder, String suffix) throws IOException {
    return List.copyOf(timesBelow(folder, suffix).keySet());
  }

  /** When the files that {@link #filesBelow} finds were written. */
  public Map<Path, Instant> timesBelow(Path folder, String suffix) throws IOException {
    Map<Path, Instant> found = new LinkedHashMap<>();
    // Of what is in the folder: its own counts a slash at its end.
    int depth = new Path(qualified(folder), "file").depth();
    try {
      for (FileStatus status : allBelow(folder)) {
        if (status.getPath().getName().endsWith(suffix) && !isHidden(status.getPath(), depth)) {
          found.put(status.getPath(), Instant.ofEpochMilli(status.getModificationTime()));
        }
      }
    } catch (FileNotFoundException e) {
      return Map.of();
    }
    return found;
  }

  /** Whether a file is hidden, or a folder that it is in, from a depth on. */
  private static boolean isHidden(Path file, int depth) {
    for (Path path = file; path.depth() >= depth; path = path.getParent()) {
      if (isHidden(path)) {
        return true;
      }
    }
    return false;
  }

  /** Whether Spark, too, passes over a file or folder of this name. */
  private static boolean isHidden(Path path) {
    return path.getName().startsWith(".") || path.getName().startsWith("_");
  }

  private List<FileStatus> allBelow(Path folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    if (files instanceof RawLocalFileSystem) {
      // Hadoop's recursion starts a process for every local file, to learn who may read it.
      for (FileStatus status : files.listStatus(folder)) {
        found.addAll(status.isDirectory() ? allBelow(status.getPath()) : List.of(status));
      }
    } else {
      RemoteIterator<LocatedFileStatus> iterator = files.listFiles(folder, true);
      while (iterator.hasNext()) {
        found.add(iterator.next());
      }
    }
    return found;
  }

  /** The folders directly below a folder, hidden ones left out; none when there is no such one. */
  public List<Path> foldersIn(Path folder) throws IOException {
    try {
      return Arrays.stream(files.listStatus(folder))
          .filter(FileStatus::isDirectory)
          .map(FileStatus::getPath)
          .filter(path -> !isHidden(path))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Deletes a file, or a folder with all that it holds; it may be missing. */
  public void delete(Path path) throws IOException {
    files.delete(path, true);
  }

  /** Deletes a folder unless something is in it, also while others write to it; never a file. */
  public void deleteIfEmpty(Path folder) throws IOException {
    if (files instanceof RawLocalFileSystem local) {
      java.nio.file.Path own = local.pathToFile(folder).toPath();
      if (!Files.isDirectory(own)) {
        return;
      }
      try {
        Files.deleteIfExists(own);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    } else if (files.exists(folder) && files.listStatus(folder).length == 0) {
      files.delete(folder, false);
    }
  }

  /** What is said of a file that cannot be read. */
  public static InvalidInputException unreadable(Path file, IOException e) {
    return e instanceof FileNotFoundException
        ? new InvalidInputException(file + " does not exist or cannot be opened", e)
        : new InvalidInputException("cannot read " + file + ": " + reason(e), e);
  }

  public static InvalidInputException unwritable(Path file, IOException e) {
    return new InvalidInputException("cannot write " + file + ": " + reason(e), e);
  }

  private static String reason(IOException e) {
    return FailureReason.of(e);
  }
}
