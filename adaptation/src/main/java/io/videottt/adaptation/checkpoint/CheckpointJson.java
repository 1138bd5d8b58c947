package io.videottt.adaptation.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.config.MappingProblem;
import io.videottt.io.config.SettingsReader;
import io.videottt.io.storage.Storage;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * The JSON files of checkpoints, which may come from elsewhere as any other file: read within
 * bounds, and damage is told in a sentence.
 */
public final class CheckpointJson {

  private CheckpointJson() {}

  /**
   * Reads a file.
   *
   * @param largest the most bytes that are read
   * @param type what it holds
   * @return never null
   * @throws InvalidInputException when it is damaged or larger, naming the file
   * @throws IOException when it cannot be read
   */
  public static <T> T read(Storage storage, Path file, int largest, Class<T> type)
      throws IOException {
    byte[] json = storage.read(file, largest);
    try {
      T value = SettingsReader.MAPPER.readValue(json, type);
      if (value == null) {
        throw new InvalidInputException("%s is damaged: it is null".formatted(file));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("%s is damaged: %s".formatted(file, reason(e)), e);
    }
  }

  private static String reason(JsonProcessingException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof StreamReadException || cause instanceof StreamConstraintsException) {
        return BoundedJson.reason((JsonProcessingException) cause);
      }
    }
    if (e instanceof JsonMappingException wrong) {
      String place = MappingProblem.place(wrong);
      String reason = MappingProblem.reason(wrong);
      return place.isEmpty() ? reason : "'%s': %s".formatted(place, reason);
    }
    return BoundedJson.reason(e);
  }
}
