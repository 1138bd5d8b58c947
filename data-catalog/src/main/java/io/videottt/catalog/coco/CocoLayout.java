package io.videottt.catalog.coco;

import io.videottt.base.Task;
import io.videottt.catalog.definition.Layout;
import java.util.EnumSet;
import java.util.Set;

/** Pictures with annotations in COCO's form. */
interface CocoLayout extends Layout {

  /** In the name of a file or folder of stills: the split's folder. */
  String FOLDER = "{folder}";

  /**
   * Where the objects for instance segmentation are annotated, below the root; empty where they are
   * cut from the segments.
   */
  String instances();

  /** Whether the file of segments says which images there are, too. */
  boolean segmentsListImages();

  @Override
  default long largestSourceId() {
    return Long.MAX_VALUE;
  }

  @Override
  default Set<Task> tasksOf(String file) {
    if (file.equals(CocoTruths.Places.INSTANCES)) {
      return Set.of(Task.INSTANCE);
    }
    boolean segments =
        file.startsWith(CocoTruths.Places.MASKS)
            || file.equals(CocoTruths.Places.PANOPTIC) && !segmentsListImages();
    return segments && !instances().isEmpty()
        ? EnumSet.of(Task.SEMANTIC, Task.PANOPTIC)
        : EnumSet.allOf(Task.class);
  }

  @Override
  default boolean listsSegments(Set<Task> tasks) {
    return instances().isEmpty() || !tasks.equals(Set.of(Task.INSTANCE));
  }
}
