package io.videottt.catalog.truth;

import io.videottt.base.Task;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import io.videottt.metrics.SemanticCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What panoptic ground truth says for every task. The class of a pixel is that of its segment, also
 * in crowds, and none in void; the objects are the segments of the classes that have objects.
 */
public final class SegmentTruth {

  private final PanopticMap map;
  private final SourceClasses classes;

  public SegmentTruth(PanopticMap map, SourceClasses classes) {
    this.map = map;
    this.classes = classes;
  }

  public GroundTruth of(Set<Task> tasks) {
    return new GroundTruth(
        when(tasks.contains(Task.SEMANTIC), this::labels),
        when(tasks.contains(Task.PANOPTIC), () -> map),
        when(tasks.contains(Task.INSTANCE), this::objects),
        tasks.contains(Task.INSTANCE) ? stuff() : Set.of());
  }

  private static <T> Optional<T> when(boolean wanted, Supplier<T> truth) {
    return wanted ? Optional.of(truth.get()) : Optional.empty();
  }

  private LabelMap labels() {
    int[] ids = map.ids();
    List<PanopticSegment> segments = map.segments();
    SegmentPlaces places = new SegmentPlaces(ids(segments));
    byte[] labels = new byte[ids.length];
    for (int i = 0; i < ids.length; i++) {
      int place = places.of(ids[i]);
      labels[i] =
          (byte)
              (place == SegmentPlaces.NONE ? SemanticCounts.IGNORE : segments.get(place).classId());
    }
    return new LabelMap(map.height(), map.width(), labels);
  }

  private List<InstanceTruth> objects() {
    List<PanopticSegment> segments =
        map.segments().stream().filter(segment -> classes.hasObjects(segment.classId())).toList();
    List<RunLengthMask> masks =
        SegmentMasks.of(map.height(), map.width(), map.ids(), ids(segments));
    List<InstanceTruth> objects = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      PanopticSegment segment = segments.get(i);
      RunLengthMask mask = masks.get(i);
      double area = segment.area() > 0 ? segment.area() : mask.area();
      objects.add(new InstanceTruth(segment.classId(), mask, area, segment.crowd(), segment.id()));
    }
    return objects;
  }

  /** Crowds are left out: of those the reference tool counts no object either. */
  private Set<Integer> stuff() {
    return map.segments().stream()
        .filter(segment -> !segment.crowd() && !classes.hasObjects(segment.classId()))
        .map(PanopticSegment::classId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static int[] ids(List<PanopticSegment> segments) {
    return segments.stream().mapToInt(PanopticSegment::id).toArray();
  }
}
