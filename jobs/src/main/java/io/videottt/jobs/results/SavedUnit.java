package io.videottt.jobs.results;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.config.StoredJson;
import io.videottt.io.storage.SafePaths;
import io.videottt.jobs.saved.SaveKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What says that a unit's predictions are on disk, whole: the file that is written after all of
 * them.
 *
 * @param version of the file's form
 * @param unit id
 * @param kinds what is kept
 * @param frames all frames of the video, in its order
 * @param files of all kinds, pictures among them
 */
public record SavedUnit(
    int version,
    String unit,
    List<SaveKind> kinds,
    List<SavedFrame> frames,
    List<SavedFile> files) {

  /** The first had no sizes of files. */
  private static final int VERSION = 2;

  private static final JsonMapper MAPPER =
      BoundedJson.mapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  /**
   * A frame.
   *
   * @param name that its files are called by
   * @param value of the task's metric, in its unit; null where it has none
   */
  public record SavedFrame(String name, Double value) {

    /** Checks that the name is that of a file. */
    public SavedFrame {
      SafePaths.requireName(name, "frame");
    }
  }

  /** Checks the values. */
  public SavedUnit {
    if (version != VERSION) {
      throw new InvalidInputException(
          "it has version %d, this program reads %d".formatted(version, VERSION));
    }
    Objects.requireNonNull(unit);
    kinds = List.copyOf(SaveKind.set(kinds));
    frames = List.copyOf(frames);
    files = List.copyOf(files);
  }

  static SavedUnit of(
      String unit,
      Set<SaveKind> kinds,
      Collection<SavedFrame> frames,
      Collection<SavedFile> files) {
    return new SavedUnit(
        VERSION, unit, new ArrayList<>(kinds), List.copyOf(frames), List.copyOf(files));
  }

  /** Whether everything that is wanted is there. */
  public boolean holds(Set<SaveKind> wanted) {
    return SaveKind.set(kinds).containsAll(wanted);
  }

  /** The names of all frames. */
  public List<String> names() {
    return frames.stream().map(SavedFrame::name).toList();
  }

  String json() {
    return StoredJson.write(MAPPER, this);
  }

  static SavedUnit read(byte[] json, String source) {
    try {
      return MAPPER.readValue(json, SavedUnit.class);
    } catch (IOException e) {
      throw StoredJson.unreadable("record of saved predictions", source, e);
    }
  }
}
