package io.videottt.catalog.folders;

import io.videottt.base.Task;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.file.Problems;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.catalog.image.SegmentIdMap;
import io.videottt.catalog.truth.SegmentTruth;
import io.videottt.catalog.truth.StoredTruth;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.SemanticCounts;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Ground truth as KITTI-STEP's panoptic maps: red is the class, 256 green + blue the instance.
 * Stuff of one class is one segment, and a thing without instance is a crowd (DeepLab2, {@code
 * dataset_utils.py}). Segment ids are 65536 class + instance + 1.
 */
record StepPanopticMap(Path path, Set<Task> tasks, SourceClasses classes, Configuration hadoop)
    implements StoredTruth {

  @Override
  public String source() {
    return path.toString();
  }

  @Override
  public GroundTruth read(Problems problems) {
    SegmentIdMap map =
        ImageDecoder.decodeSegmentIds(StoredFiles.image(path, hadoop), path.toString());
    int[] ids = map.ids();
    SortedMap<Integer, PanopticSegment> segments = new TreeMap<>();
    int start = 0;
    while (start < ids.length) {
      int value = ids[start];
      PanopticSegment segment = segment(value, start, map.width());
      int id = segment == null ? PanopticMap.VOID : segment.id();
      if (segment != null) {
        segments.putIfAbsent(id, segment);
      }
      int end = start;
      while (end < ids.length && ids[end] == value) {
        ids[end++] = id;
      }
      start = end;
    }
    PanopticMap panoptic =
        new PanopticMap(map.height(), map.width(), ids, segments.values().stream().toList());
    return new SegmentTruth(panoptic, classes).of(tasks);
  }

  /** The segment of a pixel, {@code null} where it is ignored. */
  private PanopticSegment segment(int value, int position, int width) {
    int sourceId = value & 0xff;
    int classId = classes.of(sourceId);
    if (classId == SourceClasses.UNKNOWN) {
      throw classes.unknown(
          "%s: label id %d at row %d, column %d"
              .formatted(path, sourceId, position / width, position % width));
    }
    if (classId == SemanticCounts.IGNORE) {
      return null;
    }
    if (!classes.isThing(classId)) {
      return new PanopticSegment(id((int) classes.sourceId(classId), 0), classId, false, 0);
    }
    int instance = (value >> 8 & 0xff) << 8 | value >> 16;
    return new PanopticSegment(id(sourceId, instance), classId, instance == 0, 0);
  }

  private static int id(int sourceId, int instance) {
    return (sourceId << 16 | instance) + 1;
  }
}
