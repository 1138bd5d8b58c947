package io.videottt.reports;

import io.videottt.base.InvalidInputException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a task's metric is computed from the frames of a data set. */
public enum Protocol {
  /** The paper's text: frames by themselves, videos weighted by their frames. */
  FRAME_MEAN("frame_mean", "frame mean"),
  /** The benchmarks': the counts of all frames together. */
  POOLED("pooled", "pooled"),
  /** The paper's released code: its formulas, frame by frame; {@link Released#perFrame}. */
  RELEASED("released", "released");

  private final String id;
  private final String title;

  Protocol(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** As files spell it. */
  public String id() {
    return id;
  }

  /** As printed in tables. */
  public String title() {
    return title;
  }

  /**
   * The protocol of an id.
   *
   * @param place where the id stands, for the message
   * @throws InvalidInputException when there is no such protocol
   */
  public static Protocol parse(String id, String place) {
    return Arrays.stream(values())
        .filter(protocol -> protocol.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: '%s' is no protocol; choose %s"
                        .formatted(
                            place,
                            id,
                            Arrays.stream(values())
                                .map(Protocol::id)
                                .collect(Collectors.joining(", ")))));
  }
}
