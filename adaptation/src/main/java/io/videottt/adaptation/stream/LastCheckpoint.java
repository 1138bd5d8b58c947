package io.videottt.adaptation.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.adaptation.checkpoint.CheckpointJson;
import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * How far a unit had come at its last checkpoint, for people: whether the unit can go on from there
 * is found out when it does.
 *
 * @param position the next frame of a stream, or the iterations done of the offline method
 * @param written when
 */
public record LastCheckpoint(int position, Instant written) {

  private static final int LARGEST_FILE = 1 << 26;

  /** Whether a folder of checkpoints holds none, not even a damaged one. */
  public static boolean isNone(Path folder, Configuration hadoop) throws IOException {
    Path file = new Path(folder, AdaptationCheckpoints.INDEX);
    return !Storage.of(file, hadoop).exists(file);
  }

  /**
   * Looks into a folder of checkpoints.
   *
   * @param folder as given to {@link AdaptationCheckpoints#in}; need not exist
   * @return empty where there is none
   * @throws InvalidInputException when it is damaged
   * @throws IOException when the storage cannot be reached
   */
  public static Optional<LastCheckpoint> in(Path folder, Configuration hadoop) throws IOException {
    Path file = new Path(folder, AdaptationCheckpoints.INDEX);
    Storage storage = Storage.of(file, hadoop);
    try {
      Instant written =
          Instant.ofEpochMilli(storage.fileSystem().getFileStatus(file).getModificationTime());
      JsonNode position =
          CheckpointJson.read(storage, file, LARGEST_FILE, JsonNode.class)
              .path("progress")
              .path("position");
      if (!position.isInt() || position.intValue() < 0) {
        throw new InvalidInputException("%s is damaged: it has no position".formatted(file));
      }
      return Optional.of(new LastCheckpoint(position.intValue(), written));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
