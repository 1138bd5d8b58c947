package io.videottt.catalog.definition;

import io.videottt.catalog.file.FileProblem;
import io.videottt.metrics.SemanticCounts;
import java.util.HashMap;
import java.util.Map;

/** Which class an id of a data set's label files or annotations stands for. */
public final class SourceClasses {

  /** For an id that is neither a class nor ignored. */
  public static final int UNKNOWN = -1;

  private final DataSetDefinition definition;
  private final Map<Long, Integer> classes = new HashMap<>();

  /** The same for ids that are bytes, of which there is one for every pixel. */
  private final int[] ofBytes = new int[256];

  private final boolean stuffObjects;

  public SourceClasses(DataSetDefinition definition) {
    this.definition = definition;
    this.stuffObjects = definition.layout().stuffHasObjects();
    definition.ignoreLabels().forEach(id -> classes.put(id, SemanticCounts.IGNORE));
    for (ClassDefinition known : definition.classes()) {
      known.sourceIds().forEach(id -> classes.put(id, known.id()));
    }
    for (int id = 0; id < ofBytes.length; id++) {
      ofBytes[id] = classes.getOrDefault((long) id, UNKNOWN);
    }
  }

  /** The class from 0 to K - 1, {@link SemanticCounts#IGNORE} or {@link #UNKNOWN}. */
  public int of(long id) {
    return id >= 0 && id < ofBytes.length ? ofBytes[(int) id] : classes.getOrDefault(id, UNKNOWN);
  }

  /** Whether ground truth is taken as it stands, since published numbers were made with it. */
  public boolean published() {
    return definition.published();
  }

  /** Whether a class has countable instances. */
  public boolean isThing(int classId) {
    return definition.classes().get(classId).thing();
  }

  /** Whether instance segmentation looks for a class. */
  public boolean hasObjects(int classId) {
    return stuffObjects || isThing(classId);
  }

  /** The first of the ids of a class. */
  public long sourceId(int classId) {
    return definition.classes().get(classId).sourceIds().get(0);
  }

  /**
   * The complaint about an id of no meaning.
   *
   * @param found where and what, for example {@code map.png: label id 42 at row 2, column 7}
   */
  public FileProblem unknown(String found) {
    return new FileProblem(
        FileProblem.Kind.UNKNOWN_LABEL,
        "%s is none of the %d classes of %s nor ignored"
            .formatted(found, definition.classCount(), definition.name()));
  }
}
