package io.videottt.jobs.sweep.config;

import io.videottt.base.InvalidInputException;
import io.videottt.io.config.StrictYaml;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One of the sweeps that a file consists of.
 *
 * @param configuration its content; paths are usable from any folder
 * @param source the files that it comes from, for messages
 */
public record SweepSource(SweepConfiguration configuration, String source) {

  /** Keys of a sweep file. */
  public static final Set<String> KEYS =
      Arrays.stream(SweepConfiguration.class.getRecordComponents())
          .map(RecordComponent::getName)
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Reads a sweep file and those that it is made of.
   *
   * @throws InvalidInputException naming the file and the key, when one of them cannot be used
   */
  public static List<SweepSource> read(Path file) {
    return LayeredFile.read(file, KEYS).stream().map(SweepSource::of).toList();
  }

  public static SweepSource of(LayeredFile.Layer layer) {
    return new SweepSource(
        StrictYaml.convert(layer.keys(), layer.source(), SweepConfiguration.class), layer.source());
  }
}
