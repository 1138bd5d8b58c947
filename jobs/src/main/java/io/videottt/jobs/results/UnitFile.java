package io.videottt.jobs.results;

import io.videottt.jobs.data.DataIds;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * A file below {@code metrics/} and whether it can be used, as {@link UnitFileCheck} has found.
 *
 * @param path the file
 * @param state whether it can be used
 * @param reason why not, in a few words; empty of a sound file
 * @param unit id of the unit that it says it holds; empty where that cannot be read
 * @param data what the unit was computed on; unknown in files of before results remembered it
 * @param version the unit's result version; empty where it cannot be read
 * @param trainingImages data set and split of the images that a control uses, else empty
 * @param checksummed whether it held a checksum of all its bytes, as all files do but those of
 *     earlier versions
 */
public record UnitFile(
    Path path,
    State state,
    String reason,
    Optional<String> unit,
    DataIds data,
    String version,
    String trainingImages,
    boolean checksummed) {

  /** What can be said of a file. */
  public enum State {
    /** All bytes are as they were written. */
    SOUND,
    /** It has no bytes at all: a copy that broke off, a power cut. */
    EMPTY,
    /** Its bytes are not those that were written. */
    DAMAGED,
    /** It is no result of the unit whose place it has, or has no unit's place. */
    FOREIGN,
    /** The storage does not give its bytes. */
    UNREADABLE
  }

  boolean isSound() {
    return state == State.SOUND;
  }

  /** File and reason, in a line for people. */
  public String describe() {
    return "%s: %s".formatted(path, reason);
  }
}
