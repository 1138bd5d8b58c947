package io.videottt.jobs.export;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.storage.Storage;
import io.videottt.io.storage.UnfinishedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder that an export writes to. Every file appears whole. What was written is listed with
 * its checksum, so that the next export removes what is no longer among it, and with it the
 * unfinished files of an export that was stopped; a file that was changed since, or is in no list,
 * stays.
 */
final class ExportFolder {

  private static final int LARGEST_LIST = 1 << 27;
  private static final JsonMapper MAPPER = BoundedJson.mapper().build();

  private final Path folder;
  private final Path list;
  private final Storage storage;
  private final Map<String, String> earlier;
  private final Map<String, String> written = new TreeMap<>();

  private ExportFolder(Path folder, Path list, Storage storage, Map<String, String> earlier) {
    this.folder = folder;
    this.list = list;
    this.storage = storage;
    this.earlier = earlier;
  }

  /**
   * Opens a folder to write to.
   *
   * @param folder new, empty, or one that an export has written
   * @param format whose files are written; those of others stay
   * @throws InvalidInputException when it holds what no export has written
   */
  static ExportFolder open(String folder, ExportFormat format, Configuration hadoop)
      throws IOException {
    Path path = new Path(folder);
    Storage storage = Storage.of(path, hadoop);
    path = storage.qualified(path);
    Path list = list(path, format);
    boolean known = false;
    for (ExportFormat any : ExportFormat.values()) {
      known |= storage.exists(list(path, any));
    }
    if (!known && !storage.isVacant(path) && !isBarelyBegun(storage, path)) {
      throw new InvalidInputException(
          "%s: there is something that no export has written; choose a new or empty folder with --output"
              .formatted(folder));
    }
    Map<String, String> earlier = storage.exists(list) ? read(storage, list) : Map.of();
    ExportFolder opened = new ExportFolder(path, list, storage, earlier);
    // From here on the folder is an export's, also if this one does not come to its end.
    opened.writeList(earlier);
    return opened;
  }

  /** Whether all that is there is the list of an export that was stopped while it wrote it. */
  private static boolean isBarelyBegun(Storage storage, Path folder) throws IOException {
    return !storage.isFile(folder)
        && Arrays.stream(storage.fileSystem().listStatus(folder))
            .map(status -> status.getPath().getName())
            .allMatch(name -> name.startsWith(".written-") && UnfinishedFile.isName(name));
  }

  private static Path list(Path folder, ExportFormat format) {
    return new Path(folder, "written-%s.json".formatted(format.id()));
  }

  private static Map<String, String> read(Storage storage, Path list) throws IOException {
    byte[] text = storage.read(list, LARGEST_LIST);
    try {
      return MAPPER.readValue(text, new TypeReference<TreeMap<String, String>>() {});
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: not a list of files that an export has written; remove it or choose another --output"
              .formatted(list),
          e);
    }
  }

  /** Where the folder is. */
  Path path() {
    return folder;
  }

  int files() {
    return written.size();
  }

  /**
   * Writes a file.
   *
   * @param name path within the folder, of file names that are names everywhere
   */
  void write(String name, Storage.Content content) throws IOException {
    MessageDigest digest = Sha256.digest();
    storage.write(
        new Path(folder, name),
        stream -> {
          digest.reset();
          DigestOutputStream counting = new DigestOutputStream(stream, digest);
          content.writeTo(counting);
          counting.flush();
        });
    written.put(name, Sha256.hex(digest));
  }

  void write(String name, byte[] content) throws IOException {
    write(name, stream -> stream.write(content));
  }

  void write(String name, String content) throws IOException {
    write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Everything is written: what an earlier export has left is removed. */
  void finish() throws IOException {
    for (Map.Entry<String, String> file : earlier.entrySet()) {
      if (!written.containsKey(file.getKey()) && isWithin(file.getKey())) {
        Path path = new Path(folder, file.getKey());
        if (storage.exists(path) && storage.sha256(path).equals(file.getValue())) {
          storage.delete(path);
          storage.deleteIfEmpty(path.getParent());
        }
      }
    }
    removeUnfinished(folder, storage.fileSystem().getFileStatus(list).getModificationTime());
    writeList(written);
  }

  /**
   * Removes what exports have begun that were stopped, and folders with nothing else in them.
   *
   * @param opened when this export began, by the clock of the storage: what was begun later is
   *     another export's, which still writes it
   */
  private void removeUnfinished(Path place, long opened) throws IOException {
    FileSystem files = storage.fileSystem();
    for (FileStatus status : files.listStatus(place)) {
      Path path = status.getPath();
      if (isLink(path)) {
        continue;
      }
      if (status.isDirectory()) {
        removeUnfinished(path, opened);
      } else if (UnfinishedFile.isName(path.getName()) && status.getModificationTime() <= opened) {
        storage.delete(path);
        if (!place.equals(folder)) {
          storage.deleteIfEmpty(place);
        }
      }
    }
  }

  /** A folder that somebody has linked here is not this one. */
  private boolean isLink(Path path) {
    return storage.local(path).filter(Files::isSymbolicLink).isPresent();
  }

  /** A list may come from anywhere; nothing outside of the folder is touched for it. */
  private static boolean isWithin(String name) {
    return Arrays.stream(name.split("/", -1)).allMatch(part -> part.matches("\\w[\\w.-]*"));
  }

  private void writeList(Map<String, String> files) throws IOException {
    byte[] text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(files);
    storage.write(list, stream -> stream.write(text));
  }
}
