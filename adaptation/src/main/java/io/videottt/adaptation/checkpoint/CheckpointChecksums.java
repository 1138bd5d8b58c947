package io.videottt.adaptation.checkpoint;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.io.config.SettingsReader;
import io.videottt.io.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * The checksums of a training checkpoint's files, which lie beside them: weights with a flipped bit
 * look like weights.
 *
 * @param files SHA-256 by the file's path below the checkpoint
 */
public record CheckpointChecksums(Map<String, String> files) {

  private static final String NAME = "checksums.json";
  private static final int LARGEST_FILE = 1 << 20;

  public CheckpointChecksums {
    Objects.requireNonNull(files);
    files = new TreeMap<>(files);
  }

  /**
   * Reads the files of a checkpoint and writes their checksums.
   *
   * @param state name of a file that is yet to be written
   * @param content of that file
   */
  public static void write(Storage storage, Path checkpoint, String state, String content)
      throws IOException {
    Map<String, String> sums = new TreeMap<>();
    Path root = storage.qualified(checkpoint);
    for (Path file : storage.filesBelow(root, "")) {
      sums.put(below(root, file), storage.sha256(file));
    }
    sums.put(state, Sha256.of(content.getBytes(StandardCharsets.UTF_8)));
    byte[] json = SettingsReader.MAPPER.writeValueAsBytes(new CheckpointChecksums(sums));
    storage.write(new Path(checkpoint, NAME), stream -> stream.write(json));
  }

  private static String below(Path root, Path file) {
    return root.toUri().relativize(file.toUri()).getPath();
  }

  /**
   * The checksums of a checkpoint.
   *
   * @return empty for one of an earlier version
   * @throws InvalidInputException when they are damaged themselves
   */
  public static Optional<CheckpointChecksums> read(Storage storage, Path checkpoint)
      throws IOException {
    Path file = new Path(checkpoint, NAME);
    if (!storage.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(CheckpointJson.read(storage, file, LARGEST_FILE, CheckpointChecksums.class));
  }

  /**
   * Holds a checkpoint's files to their checksums.
   *
   * @throws InvalidInputException naming the file whose bytes are not those that were written
   */
  public void require(Storage storage, Path checkpoint) throws IOException {
    for (Path file : storage.filesBelow(storage.qualified(checkpoint), "")) {
      String name = below(storage.qualified(checkpoint), file);
      if (!name.equals(NAME) && !storage.sha256(file).equals(files.get(name))) {
        throw new InvalidInputException(
            "%s or its checksum in %s is damaged".formatted(file, NAME));
      }
    }
    for (String name : files.keySet()) {
      if (!storage.exists(new Path(storage.qualified(checkpoint), name))) {
        throw new InvalidInputException("%s is missing".formatted(new Path(checkpoint, name)));
      }
    }
  }
}
