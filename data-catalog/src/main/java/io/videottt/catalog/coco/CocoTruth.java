package io.videottt.catalog.coco;

import io.videottt.base.Task;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.file.Problems;
import io.videottt.catalog.truth.SegmentTruth;
import io.videottt.catalog.truth.StoredTruth;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.metrics.InstanceTruth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The ground truth of one image in COCO's form.
 *
 * @param source file and image, for messages
 * @param segments panoptic ground truth
 * @param uses the tasks that the segments are to serve
 * @param objects reads the objects of a file of their own
 * @param classes which segments are things
 */
record CocoTruth(
    String source,
    Optional<CocoSegments> segments,
    Set<Task> uses,
    Optional<Function<Problems, List<InstanceTruth>>> objects,
    SourceClasses classes)
    implements StoredTruth {

  @Override
  public GroundTruth read(Problems problems) {
    GroundTruth drawn =
        segments
            .map(found -> new SegmentTruth(found.read(problems), classes).of(uses))
            .orElse(GroundTruth.none());
    return new GroundTruth(
        drawn.labels(),
        drawn.panoptic(),
        objects.map(found -> found.apply(problems)).or(drawn::instances),
        objects.isPresent() ? Set.of() : drawn.stuff());
  }
}
