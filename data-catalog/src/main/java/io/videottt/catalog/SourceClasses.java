package io.videottt.catalog;

import io.videottt.metrics.SemanticCounts;
import java.util.Arrays;

/** Which class an id of a data set's label files or annotations stands for. */
final class SourceClasses {

  /** For an id that is neither a class nor ignored. */
  static final int UNKNOWN = -1;

  private static final int LARGEST_ID = 255;

  private final DataSetDefinition definition;
  private final int[] classes = new int[LARGEST_ID + 1];
  private final boolean stuffObjects;

  SourceClasses(DataSetDefinition definition) {
    this.definition = definition;
    this.stuffObjects =
        definition.layout() instanceof Layout.CocoVideos layout && layout.stuffObjects();
    Arrays.fill(classes, UNKNOWN);
    definition.ignoreLabels().forEach(id -> classes[id] = SemanticCounts.IGNORE);
    for (ClassDefinition known : definition.classes()) {
      known.sourceIds().forEach(id -> classes[id] = known.id());
    }
  }

  /** The class from 0 to K - 1, {@link SemanticCounts#IGNORE} or {@link #UNKNOWN}. */
  int of(long id) {
    return id < 0 || id > LARGEST_ID ? UNKNOWN : classes[(int) id];
  }

  /** Whether a class has countable instances. */
  boolean isThing(int classId) {
    return definition.classes().get(classId).thing();
  }

  /** Whether instance segmentation looks for a class. */
  boolean hasObjects(int classId) {
    return stuffObjects || isThing(classId);
  }

  /** The first of the ids of a class. */
  int sourceId(int classId) {
    return definition.classes().get(classId).sourceIds().get(0);
  }

  /**
   * The complaint about an id of no meaning.
   *
   * @param found where and what, for example {@code map.png: label id 42 at row 2, column 7}
   */
  FileProblem unknown(String found) {
    return new FileProblem(
        CatalogCheck.Kind.UNKNOWN_LABEL,
        "%s is none of the %d classes of %s nor ignored"
            .formatted(found, definition.classCount(), definition.name()));
  }
}
