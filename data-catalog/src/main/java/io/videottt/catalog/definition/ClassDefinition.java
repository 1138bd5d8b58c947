package io.videottt.catalog.definition;

import io.videottt.base.InvalidInputException;
import java.io.Serializable;
import java.util.List;

/**
 * One class of a data set.
 *
 * @param id training id: the class's position in the list of classes, from 0
 * @param name name as the data set prints it
 * @param thing whether the class has countable instances (thing) or not (stuff)
 * @param colour colour of overlays, {@code #rrggbb}
 * @param sourceIds ids in the label files or categories of the annotations that stand for this
 *     class, from 0, in label files to 255; {@code [id]} when left out
 */
public record ClassDefinition(
    int id, String name, boolean thing, String colour, List<Long> sourceIds)
    implements Serializable {

  /** Fills the defaults and checks the values. */
  public ClassDefinition {
    if (name == null || name.isBlank()) {
      throw new InvalidInputException("class %d has no name".formatted(id));
    }
    if (colour == null || !colour.matches("#[0-9a-fA-F]{6}")) {
      throw new InvalidInputException(
          "class %s: colour is %s, expected #rrggbb, for example \"#804080\""
              .formatted(name, colour));
    }
    sourceIds =
        sourceIds == null || sourceIds.isEmpty() ? List.of((long) id) : List.copyOf(sourceIds);
    for (long sourceId : sourceIds) {
      if (sourceId < 0) {
        throw new InvalidInputException(
            "class %s: source id %d, expected 0 or more".formatted(name, sourceId));
      }
    }
  }

  /** The colour as 0xRRGGBB. */
  public int rgb() {
    return Integer.parseInt(colour.substring(1), 16);
  }
}
