package io.videottt.jobs.results;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.config.StoredJson;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * What says that the ground truth of a video is on disk, whole: the file that is written after all
 * of its files.
 *
 * @param version of the file's form
 * @param data id of the data that it was made of
 * @param files all that were written
 */
record SavedTruth(int version, String data, List<SavedFile> files) {

  private static final int VERSION = 1;

  private static final JsonMapper MAPPER =
      BoundedJson.mapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  /** Checks the values. */
  SavedTruth {
    if (version != VERSION) {
      throw new InvalidInputException(
          "it has version %d, this program reads %d".formatted(version, VERSION));
    }
    Objects.requireNonNull(data);
    files = List.copyOf(files);
  }

  static SavedTruth of(String data, List<SavedFile> files) {
    return new SavedTruth(VERSION, data, files);
  }

  /** The names of all files. */
  List<String> names() {
    return files.stream().map(SavedFile::name).toList();
  }

  String json() {
    return StoredJson.write(MAPPER, this);
  }

  static SavedTruth read(byte[] json, String source) {
    try {
      return MAPPER.readValue(json, SavedTruth.class);
    } catch (IOException e) {
      throw StoredJson.unreadable("record of a saved ground truth", source, e);
    }
  }
}
