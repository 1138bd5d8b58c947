package io.videottt.adaptation.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.adaptation.checkpoint.CheckpointJson;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.io.config.SettingsReader;
import io.videottt.io.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * The file that makes a checkpoint of a unit. Weights with a flipped bit look like weights, so it
 * holds the checksums of all files that it names, and its own.
 *
 * @param version of the files and their meaning
 * @param identity everything that the results depend on
 * @param tasks of the results
 * @param progress how far the unit has come
 * @param parameters file of f and g; null where the method changes none
 * @param optimizer file of the optimiser's state; null where the method changes none
 * @param predictions file of the predictions that are still to be averaged; null where none are
 * @param results files of the frames' results, in their order
 * @param checksums SHA-256 of all these files, by name
 * @param checksum SHA-256 of this file with an empty text in its place
 */
record CheckpointIndex(
    int version,
    Map<String, String> identity,
    Set<Task> tasks,
    CheckpointPosition progress,
    String parameters,
    String optimizer,
    String predictions,
    List<String> results,
    Map<String, String> checksums,
    String checksum) {

  /** Raised when the files or their meaning change. */
  private static final int VERSION = 2;

  private static final String CHECKSUM = "checksum";
  private static final int LARGEST_FILE = 1 << 28;

  /** In one order, so that equal contents have equal bytes. */
  CheckpointIndex {
    if (version == VERSION) {
      Stream.of(identity, tasks, progress, results, checksums).forEach(Objects::requireNonNull);
      identity = new TreeMap<>(identity);
      tasks = new TreeSet<>(tasks);
      checksums = new TreeMap<>(checksums);
    }
  }

  /**
   * The index of files that have been written.
   *
   * @param checksums of these files and perhaps others
   */
  static CheckpointIndex of(
      Map<String, String> identity,
      Set<Task> tasks,
      CheckpointPosition progress,
      String parameters,
      String optimizer,
      String predictions,
      List<String> results,
      Map<String, String> checksums) {
    CheckpointIndex index =
        new CheckpointIndex(
            VERSION,
            identity,
            tasks,
            progress,
            parameters,
            optimizer,
            predictions,
            results,
            checksums,
            "");
    index.checksums.keySet().retainAll(index.files());
    return index.withChecksum();
  }

  /**
   * Reads a checkpoint's index.
   *
   * @throws InvalidInputException when it is damaged or of another version
   */
  static CheckpointIndex read(Storage storage, Path folder) throws IOException {
    Path file = new Path(folder, AdaptationCheckpoints.INDEX);
    CheckpointIndex index = CheckpointJson.read(storage, file, LARGEST_FILE, CheckpointIndex.class);
    if (index.version != VERSION) {
      throw new InvalidInputException(
          "it has version %d, this program writes %d".formatted(index.version, VERSION));
    }
    return index;
  }

  /** The file's content. */
  byte[] json() {
    return json(this);
  }

  private static byte[] json(Object content) {
    try {
      return SettingsReader.MAPPER.writeValueAsBytes(content);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("plain values must serialise", impossible);
    }
  }

  /** The names of all files of the checkpoint. */
  Set<String> files() {
    Set<String> files = new TreeSet<>(results);
    Stream.of(parameters, optimizer, predictions).filter(Objects::nonNull).forEach(files::add);
    return files;
  }

  private CheckpointIndex withChecksum() {
    try {
      ObjectNode content = SettingsReader.MAPPER.valueToTree(this);
      content.put(CHECKSUM, Sha256.of(json(content.put(CHECKSUM, ""))));
      return SettingsReader.MAPPER.treeToValue(content, CheckpointIndex.class);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("what was written can be read", impossible);
    }
  }

  /**
   * Refuses a checkpoint of another unit.
   *
   * @param wanted the tasks whose results are wanted; a checkpoint with more will do
   */
  void requireOwn(Map<String, String> own, Set<Task> wanted) {
    Set<String> keys = new TreeSet<>(own.keySet());
    keys.addAll(identity.keySet());
    for (String key : keys) {
      String now = own.get(key);
      String then = identity.get(key);
      if (now == null || !now.equals(then)) {
        throw new InvalidInputException(
            "it belongs to another unit: %s was %s, now %s".formatted(key, then, now));
      }
    }
    if (!tasks.containsAll(wanted)) {
      throw new InvalidInputException(
          "it was written for the tasks %s, now %s".formatted(tasks, wanted));
    }
    files().forEach(CheckpointIndex::requirePlain);
  }

  private static void requirePlain(String file) {
    if (!file.matches("[a-z]+-[0-9]+-[0-9a-f]+\\.[a-z]+")) {
      throw new InvalidInputException("it names a file \"%s\"".formatted(file));
    }
  }

  /**
   * Holds this file and all that it names to their checksums.
   *
   * @throws InvalidInputException naming the file whose bytes are not those that were written
   */
  void requireUndamaged(Storage storage, Path folder) throws IOException {
    if (!withChecksum().checksum.equals(checksum)) {
      throw damaged(folder, AdaptationCheckpoints.INDEX);
    }
    for (String file : files()) {
      if (!storage.sha256(new Path(folder, file)).equals(checksums.get(file))) {
        throw damaged(folder, file);
      }
    }
  }

  private static InvalidInputException damaged(Path folder, String file) {
    return new InvalidInputException(
        "%s is damaged: its bytes are not those that were written"
            .formatted(new Path(folder, file)));
  }
}
