package io.videottt.catalog;

import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import io.videottt.metrics.SemanticCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a rendered scene shows, exactly: every visible pixel belongs to a class, and every pixel of
 * a thing to an object. One object of two classes (a rider and the bicycle) counts as two.
 */
final class SceneTruth {

  private static final int OBJECTS_PER_CLASS = 1 << 16;

  private final SceneImage scene;

  /** Segment ids, from 1, by class and object in ascending order. */
  private final SortedMap<Integer, Integer> idByKey = new TreeMap<>();

  private final int[] ids;

  SceneTruth(SceneImage scene) {
    this.scene = scene;
    int pixels = scene.height() * scene.width();
    int[] keys = new int[pixels];
    for (int i = 0; i < pixels; i++) {
      int classId = scene.labels()[i] & 0xff;
      keys[i] =
          classId == SemanticCounts.IGNORE
              ? -1
              : classId * OBJECTS_PER_CLASS + (scene.instances()[i] & 0xffff);
      if (keys[i] >= 0) {
        idByKey.put(keys[i], PanopticMap.VOID);
      }
    }
    int next = 1;
    for (SortedMap.Entry<Integer, Integer> entry : idByKey.entrySet()) {
      entry.setValue(next++);
    }
    this.ids = new int[pixels];
    for (int i = 0; i < pixels; i++) {
      ids[i] = keys[i] < 0 ? PanopticMap.VOID : idByKey.get(keys[i]);
    }
  }

  LabelMap labels() {
    return new LabelMap(scene.height(), scene.width(), scene.labels());
  }

  PanopticMap panoptic() {
    List<PanopticSegment> segments = new ArrayList<>();
    idByKey.forEach(
        (key, id) -> segments.add(new PanopticSegment(id, key / OBJECTS_PER_CLASS, false, 0)));
    return new PanopticMap(scene.height(), scene.width(), ids, segments);
  }

  List<InstanceTruth> instances() {
    List<InstanceTruth> objects = new ArrayList<>();
    idByKey.forEach(
        (key, id) -> {
          if (key % OBJECTS_PER_CLASS != 0) {
            boolean[] inside = new boolean[ids.length];
            for (int i = 0; i < ids.length; i++) {
              inside[i] = ids[i] == id;
            }
            RunLengthMask mask = RunLengthMask.of(scene.height(), scene.width(), inside);
            objects.add(new InstanceTruth(key / OBJECTS_PER_CLASS, mask, mask.area(), false));
          }
        });
    return objects;
  }
}
