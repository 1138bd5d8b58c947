package io.videottt.catalog.scenes;

import io.videottt.catalog.truth.SegmentPlaces;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.SemanticCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;

/**
 * What a rendered scene shows, exactly: every visible pixel belongs to a class, and every pixel of
 * a thing to an object. One object of two classes (a rider and the bicycle) counts as two.
 */
public final class SceneTruth {

  private static final int OBJECTS_PER_CLASS = 1 << 16;

  private SceneTruth() {}

  /** The segments of a still; ids count from 1 by class and object in ascending order. */
  public static PanopticMap panoptic(SceneImage scene) {
    return panoptic(scene, (place, key) -> place + 1);
  }

  /**
   * The segments of a frame; ids are 65536 class + object + 1, so that an object has one in all
   * frames of its video.
   */
  static PanopticMap tracked(SceneImage scene) {
    return panoptic(scene, (place, key) -> key + 1);
  }

  /**
   * @param id of a segment by its place among those of the scene and by its class and object;
   *     ascending
   */
  private static PanopticMap panoptic(SceneImage scene, IntBinaryOperator id) {
    int[] keys = new int[scene.labels().length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (scene.labels()[i] & 0xff) * OBJECTS_PER_CLASS + (scene.instances()[i] & 0xffff);
    }
    int[] listed = Arrays.stream(keys).filter(SceneTruth::isSegment).distinct().sorted().toArray();
    SegmentPlaces places = new SegmentPlaces(listed);
    int[] ids = new int[keys.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = isSegment(keys[i]) ? id.applyAsInt(places.of(keys[i]), keys[i]) : PanopticMap.VOID;
    }
    List<PanopticSegment> segments = new ArrayList<>();
    for (int place = 0; place < listed.length; place++) {
      segments.add(
          new PanopticSegment(
              id.applyAsInt(place, listed[place]), listed[place] / OBJECTS_PER_CLASS, false, 0));
    }
    return new PanopticMap(scene.height(), scene.width(), ids, segments);
  }

  private static boolean isSegment(int key) {
    return key / OBJECTS_PER_CLASS != SemanticCounts.IGNORE;
  }
}
