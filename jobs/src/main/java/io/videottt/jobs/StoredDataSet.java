package io.videottt.jobs;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.catalog.DataSetDefinition;
import io.videottt.metrics.InvalidInputException;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;

/**
 * What reports need to know of a data set beside its frames' rows, as a sweep's driver leaves it in
 * the output folder: reports then need neither the catalogue nor the files.
 *
 * @param version of the file's form
 * @param name in the catalogue
 * @param title as printed
 * @param framesPerSecond frame rate of the recordings
 * @param classes names of the classes in the order of their ids
 */
record StoredDataSet(
    int version, String name, String title, double framesPerSecond, List<String> classes) {

  private static final int VERSION = 1;
  private static final int MOST_CLASSES = 100_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  StoredDataSet {
    if (version != VERSION) {
      throw new InvalidInputException(
          "it has version %d, this program reads %d".formatted(version, VERSION));
    }
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new InvalidInputException("its name is no data set's");
    }
    if (!(framesPerSecond > 0 && framesPerSecond < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("its frame rate is " + framesPerSecond);
    }
    classes = List.copyOf(classes);
    if (classes.size() > MOST_CLASSES) {
      throw new InvalidInputException("it has %d classes".formatted(classes.size()));
    }
  }

  static StoredDataSet of(DataSetDefinition definition) {
    return new StoredDataSet(
        VERSION,
        definition.name(),
        definition.title(),
        definition.framesPerSecond(),
        definition.classes().stream().map(c -> c.name()).toList());
  }

  String json() {
    return StoredJson.write(MAPPER, this);
  }

  /**
   * Reads what {@link #json} has written.
   *
   * @param source file, for the message
   * @throws InvalidInputException when it is damaged or of another version
   */
  static StoredDataSet read(byte[] json, String source) {
    try {
      StoredDataSet dataSet = MAPPER.readValue(json, StoredDataSet.class);
      if (dataSet == null) {
        throw new EOFException("null");
      }
      return dataSet;
    } catch (IOException e) {
      throw StoredJson.unreadable("description of a data set", source, e);
    }
  }
}
